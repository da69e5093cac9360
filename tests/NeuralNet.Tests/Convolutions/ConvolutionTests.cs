using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Convolutions;

public sealed class ConvolutionTests
{
    [Fact]
    public void A_kernel_worked_by_hand()
    {
        // 1 2 3      1 0
        // 4 5 6  by  0 2  is  11 14  and with the bias 10.
        // 7 8 9               20 23
        Network<double> network = Network.Create<double>(new FeatureShape(3, 3, 1), seed: 1)
            .Convolution(1, kernelSize: 2).Build();
        var layer = (Convolution<double>)network.Layers[0];
        layer.Weights[0, 0, 0, 0] = 1;
        layer.Weights[0, 0, 1, 0] = 0;
        layer.Weights[0, 1, 0, 0] = 0;
        layer.Weights[0, 1, 1, 0] = 2;
        layer.Biases!.Values[0] = 10;
        network.Predict(Vector<double>.Build.Dense([1, 2, 3, 4, 5, 6, 7, 8, 9]))
            .Should().Equal(10 + 1 + 10, 10 + 2 + 12, 10 + 4 + 16, 10 + 5 + 18);
    }

    [Theory]
    [InlineData(28, 28, 3, 1, 1, false, 26, 26)]
    [InlineData(28, 28, 3, 1, 1, true, 28, 28)]
    [InlineData(28, 27, 5, 2, 1, true, 14, 14)]
    [InlineData(9, 10, 3, 3, 2, false, 2, 2)]
    [InlineData(5, 1, 1, 7, 1, false, 1, 1)]
    public void The_shape_of_the_output_follows_from_the_sizes(
        int height, int width, int kernel, int stride, int dilation, bool same, int rows, int columns)
    {
        var layer = new Convolution<float>(
            new FeatureShape(height, width, 2),
            filters: 7,
            kernel,
            stride,
            same ? Padding.Same : Padding.Valid,
            dilation);
        layer.OutputShape.Should().Be(new FeatureShape(rows, columns, 7));
        layer.Weights.Shape.Should().Equal(7, kernel, kernel, 2);
        layer.Weights.FanIn.Should().Be(kernel * kernel * 2);
        layer.Weights.FanOut.Should().Be(kernel * kernel * 7);
    }

    [Fact]
    public void Same_padding_is_larger_at_the_end()
    {
        var layer = new Convolution<float>(new FeatureShape(6, 5, 1), 1, (4, 2), stride: (3, 1), Padding.Same);
        layer.Padding.Should().Be(new Padding(0, 1, 0, 1));
        new Convolution<float>(new FeatureShape(8, 3), 1, kernelSize: 4, padding: Padding.Same).Padding
            .Should().Be(new Padding(1, 2, 0, 0));
    }

    [Fact]
    public void A_sequence_takes_the_height_of_a_kernel()
    {
        var layer = new Convolution<float>(
            new FeatureShape(10, 3), 4, kernelSize: 3, stride: 2, padding: 1, dilation: 2, groups: 1);
        layer.OutputShape.Should().Be(new FeatureShape(4, 4));
        layer.KernelSize.Should().Be(new HeightWidth(3, 1));
        layer.Weights.Shape.Should().Equal(4, 3, 3);
        layer.Filters.Should().Be(4);
        layer.Stride.Should().Be(new HeightWidth(2, 1));
        layer.Dilation.Should().Be(new HeightWidth(2, 1));
        layer.Padding.Should().Be(new Padding(1, 1, 0, 0));
        layer.Groups.Should().Be(1);
    }

    [Fact]
    public void What_cannot_be_is_refused_in_words()
    {
        Refuse(new FeatureShape(3, 3, 1), 1, 5).WithMessage("The image is 3 × 3, the kernel 5 × 5: there is no room*");
        Refuse(new FeatureShape(3, 3, 1), 1, 7, padding: 1)
            .WithMessage("The image is 3 × 3 (5 × 5 with its padding), the kernel 7 × 7: there is no room*");
        Refuse(new FeatureShape(3, 1), 1, 2, dilation: 4)
            .WithMessage("The sequence is 3, the kernel 5 with its dilation: there is no room*");
        Refuse(784, 1, 3).WithMessage("The input must be an image, height × width × channels, or a sequence*784*");
        Refuse(new FeatureShape(2, 2, 2, 2), 1, 1).WithMessage("*2 × 2 × 2 × 2*");
        Refuse(new FeatureShape(3, 3, 4), 6, 1, groups: 3)
            .WithMessage(
                "The number of groups must divide the 4 channels of the input and the 6 filters, but it is 3*");
        Refuse(new FeatureShape(3, 3, 1), 0, 1).WithMessage("filters must be at least 1*");
        Refuse(new FeatureShape(3, 3, 1), 1, 0).WithMessage("kernelSize must be at least 1*");
        Refuse(new FeatureShape(3, 3, 1), 1, 1, stride: 0).WithMessage("stride must be at least 1*");
        Refuse(new FeatureShape(3, 3, 1), 1, 1, dilation: 0).WithMessage("dilation must be at least 1*");
        Refuse(new FeatureShape(3, 3, 1), 1, 1, padding: -1).WithMessage("padding must be at least 0*");
        Refuse(new FeatureShape(3, 3, 1), 1, 1, groups: 0).WithMessage("groups must be at least 1*");
        FluentActions.Invoking(() => new Convolution<float>(
                new FeatureShape(3, 3, 1), 1, 1, biasInitializer: new One(), biases: false))
            .Should().Throw<ArgumentException>().WithMessage("A layer without biases needs no initializer*");
    }

    [Fact]
    public void A_softmax_is_over_the_channels_of_each_place()
    {
        Network<double> network = Network.Create<double>(new FeatureShape(2, 2, 3), seed: 4)
            .Convolution(3, kernelSize: 1, activation: new Softmax()).Build();
        double[] output = network.Predict(TestData.Uniform<double>(12, 1, seed: 2).Column(0)).ToArray();
        foreach (double[] place in output.Chunk(3))
        {
            place.Sum().Should().BeApproximately(1, 1e-12);
        }

        Network<double> behind = Network.Create<double>(new FeatureShape(2, 2, 3), seed: 4)
            .Convolution(3, kernelSize: 1).Activation(new Softmax()).Build();
        behind.CopyParametersFrom(network);
        behind.Predict(TestData.Uniform<double>(12, 1, seed: 2).Column(0)).ToArray()
            .Should().Equal(output, "a layer of its own does the same");
    }

    [Fact]
    public void Nothing_is_allocated_by_a_step_or_a_prediction()
    {
        Network<float> network = Network.Create<float>(new FeatureShape(12, 12, 3), seed: 1)
            .Convolution(10, kernelSize: 3, padding: Padding.Same, activation: new GELU()).MaxPooling(2)
            .Convolution(8, kernelSize: 3, stride: 2, activation: new ReLU()).AveragePooling(2).Dense(4).Build();
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam());
        Matrix<float> inputs = TestData.Uniform<float>(network.InputSize, 5, seed: 2);
        float[] values = inputs.ToColumnMajorArray();
        float[] target = new float[5 * 4];
        Array.Fill(target, 0.25f);
        float[] output = new float[5 * 4];
        Allocations.WhenWarm(() => trainer.Step(
            new ReadOnlyMatrixSpan<float>(values, network.InputSize, 5), new ReadOnlyMatrixSpan<float>(target, 4, 5)))
            .Should().Be(0);
        Allocations.WhenWarm(() => network.Predict(values, output)).Should().Be(0);
    }

    private static FluentAssertions.Specialized.ExceptionAssertions<ArgumentException> Refuse(
        FeatureShape input,
        int filters,
        HeightWidth kernel,
        HeightWidth? stride = null,
        Padding padding = default,
        HeightWidth? dilation = null,
        int groups = 1) =>
        FluentActions.Invoking(() => new Convolution<float>(input, filters, kernel, stride, padding, dilation, groups))
            .Should().Throw<ArgumentException>();
}
