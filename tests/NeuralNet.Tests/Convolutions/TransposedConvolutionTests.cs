using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.GradientChecks;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Regularization;

namespace NeuralNet.Tests.Convolutions;

public sealed class TransposedConvolutionTests
{
    /// <summary>
    /// Height, width, channels, kernel, stride, padding (top, bottom, left, right), output padding, dilation, filters,
    /// groups.
    /// </summary>
    private static readonly int[][] _sizes =
    [
        [1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1],
        [3, 4, 2, 3, 3, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 3, 1],
        [4, 3, 3, 3, 2, 2, 3, 1, 0, 0, 1, 1, 2, 1, 1, 2, 1],
        [3, 3, 4, 2, 3, 1, 2, 2, 1, 0, 3, 0, 1, 3, 2, 6, 2],
        [2, 5, 6, 1, 2, 3, 1, 0, 0, 0, 0, 2, 0, 1, 3, 3, 3],
        [5, 2, 1, 4, 1, 2, 4, 3, 3, 0, 0, 1, 3, 2, 1, 1, 1],
        [2, 2, 8, 5, 5, 3, 3, 2, 2, 2, 2, 0, 0, 1, 1, 17, 1],
        [3, 7, 4, 3, 3, 3, 5, 2, 3, 4, 2, 2, 4, 2, 3, 4, 4],
        [7, 1, 3, 3, 1, 2, 1, 1, 1, 0, 0, 1, 0, 2, 1, 20, 1],
    ];

    public static TheoryData<int> Sizes { get; } = new(Enumerable.Range(0, _sizes.Length));

    [Fact]
    public void A_kernel_worked_by_hand()
    {
        // 1 2      1 10        1  10  2  20
        // 3 4  by  0  2   is   0   2  0   4  with a stride of 2; with a stride of 1,  1 12 20
        //                      3  30  4  40                                           3 36 44
        //                      0   6  0   8                                           0  6  8
        TransposedConvolution<double> layer = Layer(new FeatureShape(2, 2, 1), 1, 2, stride: 2);
        Predict(layer).Should().Equal(101, 110, 102, 120, 100, 102, 100, 104, 103, 130, 104, 140, 100, 106, 100, 108);
        Predict(Layer(new FeatureShape(2, 2, 1), 1, 2)).Should().Equal(101, 112, 120, 103, 136, 144, 100, 106, 108);
        Predict(Layer(new FeatureShape(2, 2, 1), 1, 2, padding: (1, 0, 0, 1))).Should().Equal(103, 136, 100, 106);

        static TransposedConvolution<double> Layer(
            FeatureShape shape, int filters, int kernel, HeightWidth? stride = null, Padding padding = default)
        {
            var layer = new TransposedConvolution<double>(shape, filters, kernel, stride, padding);
            double[] weights = [1, 10, 0, 2];
            weights.CopyTo(layer.Weights.Values);
            layer.Biases!.Values.Fill(100);
            return layer;
        }

        static Vector<double> Predict(TransposedConvolution<double> layer)
        {
            double[] weights = layer.Weights.Values.ToArray();
            Network<double> network = Network.Create<double>(layer.InputShape, seed: 1).Add(layer).Build();
            weights.CopyTo(layer.Weights.Values);
            layer.Biases!.Values.Fill(100);
            return network.Predict(Vector<double>.Build.Dense([1, 2, 3, 4]));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void It_is_the_transpose_of_the_convolution_with_the_same_weights(int index)
    {
        // ⟨convolution(x), y⟩ = ⟨x, transposed(y)⟩ for all x and y.
        TransposedConvolution<double> transposed = Layer(_sizes[index], new Identity(), biases: false);
        Network<double> network = Network.Create<double>(transposed.InputShape, seed: 1).Add(transposed).Build();
        var convolution = new Convolution<double>(
            transposed.OutputShape,
            transposed.InputShape.Channels,
            transposed.KernelSize,
            transposed.Stride,
            transposed.Padding,
            transposed.Dilation,
            transposed.Groups,
            biases: false);
        Network<double> mirrored = Network.Create<double>(transposed.OutputShape, seed: 1).Add(convolution).Build();
        convolution.OutputShape.Should().Be(transposed.InputShape);
        transposed.Weights.Values.CopyTo(convolution.Weights.Values);

        Vector<double> x = TestData.Uniform<double>(transposed.OutputSize, 1, seed: 2).Column(0);
        Vector<double> y = TestData.Uniform<double>(transposed.InputSize, 1, seed: 3).Column(0);
        mirrored.Predict(x).DotProduct(y).Should().BeApproximately(x.DotProduct(network.Predict(y)), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_gradient_is_proven(int index)
    {
        TransposedConvolution<double> layer = Layer(_sizes[index], new Tanh(), biases: index % 2 == 0);
        GradientCheckReport report = GradientCheck.Run(layer, TestData.Uniform<double>(layer.InputSize, 3, seed: 2));
        report.Comparisons.Should().OnlyContain(comparison => comparison.WorstRelativeError <= 1e-7, $"{report}");
    }

    [Fact]
    public void Every_gradient_of_a_sequence_is_proven()
    {
        var layer = new TransposedConvolution<double>(
            new FeatureShape(5, 4), 6, 3, stride: 3, padding: 1, outputPadding: 2, dilation: 2, groups: 2);
        layer.OutputShape.Should().Be(new FeatureShape(17, 6));
        GradientCheckReport report = GradientCheck.Run(layer, TestData.Uniform<double>(layer.InputSize, 3, seed: 2));
        report.Comparisons.Should().OnlyContain(comparison => comparison.WorstRelativeError <= 1e-7, $"{report}");
    }

    [Theory]
    [InlineData(7, 7, 3, 1, 1, 9, 9)]
    [InlineData(7, 5, 4, 2, 1, 16, 12)]
    [InlineData(3, 2, 3, 3, 2, 11, 8)]
    [InlineData(4, 4, 1, 3, 1, 10, 10)]
    public void The_shape_of_the_output_follows_from_the_sizes(
        int height, int width, int kernel, int stride, int dilation, int rows, int columns)
    {
        var layer = new TransposedConvolution<float>(
            new FeatureShape(height, width, 2), filters: 7, kernel, stride, dilation: dilation);
        layer.OutputShape.Should().Be(new FeatureShape(rows, columns, 7));
        layer.Weights.Shape.Should().Equal(2, kernel, kernel, 7);
        int meeting = (kernel + stride - 1) / stride;
        layer.Weights.FanIn.Should().Be(meeting * meeting * 2);
        layer.Weights.FanOut.Should().Be(kernel * kernel * 7);
        layer.OutputPadding.Should().Be(new HeightWidth(0, 0));
        new TransposedConvolution<float>(
            new FeatureShape(height, width, 2), 7, kernel, stride, Padding.Same, dilation: dilation)
            .OutputShape.Should().Be(new FeatureShape(height * stride, width * stride, 7));
    }

    [Fact]
    public void Same_padding_is_larger_at_the_end_and_pads_the_output_of_a_small_kernel()
    {
        var layer = new TransposedConvolution<float>(new FeatureShape(3, 3, 1), 1, (4, 1), (1, 3), Padding.Same);
        layer.Padding.Should().Be(new Padding(1, 2, 0, 0));
        layer.OutputPadding.Should().Be(new HeightWidth(0, 2));
        layer.OutputShape.Should().Be(new FeatureShape(3, 9, 1));
    }

    [Fact]
    public void A_sequence_takes_the_height_of_what_is_given()
    {
        var layer = new TransposedConvolution<float>(
            new FeatureShape(4, 6), 4, 3, stride: (2, 1), padding: 1, outputPadding: 1, dilation: 2, groups: 2);
        layer.OutputShape.Should().Be(new FeatureShape(10, 4));
        layer.KernelSize.Should().Be(new HeightWidth(3, 1));
        layer.Weights.Shape.Should().Equal(6, 3, 2);
        layer.Filters.Should().Be(4);
        layer.Stride.Should().Be(new HeightWidth(2, 1));
        layer.Dilation.Should().Be(new HeightWidth(2, 1));
        layer.Padding.Should().Be(new Padding(1, 1, 0, 0));
        layer.OutputPadding.Should().Be(new HeightWidth(1, 0));
        layer.Groups.Should().Be(2);
    }

    [Fact]
    public void Its_strategies_have_an_effect()
    {
        var penalty = new L2Penalty(0.1);
        var constraint = new MaxNorm(2);
        Network<double> network = Network.Create<double>(new FeatureShape(3, 2), seed: 1)
            .TransposedConvolution(
                2,
                kernelSize: 2,
                activation: new ReLU(),
                weightInitializer: new Constant(3),
                biasInitializer: new Constant(4),
                weightPenalty: penalty,
                weightConstraint: constraint)
            .Build();
        var layer = (TransposedConvolution<double>)network.Layers[0];
        layer.Weights.Values.ToArray().Should().OnlyContain(value => value == 3);
        layer.Biases!.Values.ToArray().Should().OnlyContain(value => value == 4);
        layer.Weights.Penalty.Should().BeSameAs(penalty);
        layer.Weights.Constraint.Should().BeSameAs(constraint);
        layer.Activation.Should().BeOfType<ReLU>();
    }

    [Fact]
    public void What_cannot_be_is_refused_in_words()
    {
        FeatureShape image = new(3, 3, 4);
        Refuse(image, kernel: 2, padding: 2)
            .WithMessage("The image is 3 × 3, the kernel 2 × 2, and the padding 2, 2, 2, 2: *nothing would be left*");
        Refuse(new FeatureShape(1, 4), kernel: 3, padding: 2)
            .WithMessage("The sequence is 1, the kernel 3, and the padding 2, 2, 0, 0: *nothing would be left*");
        Refuse(image, stride: 2, outputPadding: 2)
            .WithMessage("The output padding is 2 × 2, the stride 2 × 2: it must be below the stride*");
        Refuse(image, stride: 2, padding: Padding.Same, outputPadding: 1)
            .WithMessage("Padding.Same makes the output as large as input times stride*1 × 1*");
        Refuse(image, outputPadding: -1).WithMessage("outputPadding must be at least 0*");
        Refuse(image, stride: int.MaxValue)
            .WithMessage("The output would be * × * × 4, more elements than can be counted*");
        Refuse(new FeatureShape(2, 1), kernel: int.MaxValue, padding: 1)
            .WithMessage("With its padding, an image of the convolution has * elements, more than can be counted*");
        Refuse(784).WithMessage("The input must be an image, height × width × channels, or a sequence*784*");
        Refuse(image, filters: 6, groups: 4)
            .WithMessage(
                "The number of groups must divide the 4 channels of the input and the 6 filters, but it is 4*");
        Refuse(image, filters: 0).WithMessage("filters must be at least 1*");
        Refuse(image, kernel: 0).WithMessage("kernelSize must be at least 1*");
        Refuse(image, stride: 0).WithMessage("stride must be at least 1*");
        Refuse(image, dilation: 0).WithMessage("dilation must be at least 1*");
        Refuse(image, padding: -1).WithMessage("padding must be at least 0*");
        FluentActions.Invoking(() => new TransposedConvolution<float>(
                image, 1, 1, biasInitializer: new One(), biases: false))
            .Should().Throw<ArgumentException>().WithMessage("A layer without biases needs no initializer*");
    }

    private static TransposedConvolution<double> Layer(int[] sizes, IActivation activation, bool biases) => new(
        new FeatureShape(sizes[0], sizes[1], sizes[2]),
        sizes[15],
        (sizes[3], sizes[4]),
        (sizes[5], sizes[6]),
        (sizes[7], sizes[8], sizes[9], sizes[10]),
        (sizes[11], sizes[12]),
        (sizes[13], sizes[14]),
        sizes[16],
        activation,
        biases: biases);

    private static FluentAssertions.Specialized.ExceptionAssertions<ArgumentException> Refuse(
        FeatureShape input,
        int filters = 1,
        HeightWidth? kernel = null,
        HeightWidth? stride = null,
        Padding padding = default,
        HeightWidth? outputPadding = null,
        HeightWidth? dilation = null,
        int groups = 1) =>
        FluentActions.Invoking(() => new TransposedConvolution<float>(
            input, filters, kernel ?? 1, stride, padding, outputPadding, dilation, groups))
            .Should().Throw<ArgumentException>();
}
