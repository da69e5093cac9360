using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Layers;

/// <summary>
/// Layers that work by the last dimension of a shape: each position counts as a sample of a flat one.
/// </summary>
public sealed class ShapedLayerTests
{
    private static readonly FeatureShape _image = new(2, 3, 4);

    public static TheoryData<string> Kinds { get; } = new("batch", "layer", "prelu");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_position_is_as_a_sample_of_the_channels(string kind)
    {
        Network<double> shaped = Add(kind, Network.Create<double>(_image, seed: 1)).Build();
        Network<double> flat = Add(kind, Network.Create<double>(4, seed: 1)).Build();
        shaped.OutputShape.Should().Be(_image);
        shaped.ParameterCount.Should().Be(flat.ParameterCount);
        foreach ((Parameter<double> to, Parameter<double> from) in shaped.Parameters.Zip(flat.Parameters))
        {
            double[] values =
            [
                .. TestData.Uniform<double>(from.Count, 1, seed: 3).Enumerate().Select(value => 1.5 + value),
            ];
            values.CopyTo(to.Values);
            values.CopyTo(from.Values);
        }

        Matrix<double> images = TestData.Uniform<double>(24, 5, seed: 2);
        Matrix<double> targets = TestData.Uniform<double>(24, 5, seed: 4);
        Matrix<double> pixels = Matrix<double>.Build.Dense(4, 30, images.ToColumnMajorArray());
        Matrix<double> pixelTargets = Matrix<double>.Build.Dense(4, 30, targets.ToColumnMajorArray());
        shaped.Predict(images).ToColumnMajorArray().Should().Equal(flat.Predict(pixels).ToColumnMajorArray());

        (double[] Loss, double[][] Gradients) Run(
            Network<double> network, Matrix<double> inputs, Matrix<double> outputs)
        {
            Gradients<double> gradients = Gradients.For(network);
            double loss = new BackpropagationEngine<double>(network, new MeanSquaredError())
                .Compute(inputs, outputs, gradients);
            return ([loss], [.. network.Parameters.Select(parameter => gradients.Values(parameter).ToArray())]);
        }

        (double[] loss, double[][] gradients) = Run(shaped, images, targets);
        (double[] flatLoss, double[][] flatGradients) = Run(flat, pixels, pixelTargets);
        loss[0].Should().BeApproximately(flatLoss[0], 1e-14);
        for (int i = 0; i < gradients.Length; i++)
        {
            gradients[i].Should().Equal(flatGradients[i], (one, other) => Math.Abs(one - other) < 1e-13);
        }
    }

    [Fact]
    public void A_dense_layer_reads_any_shape_as_its_size_and_what_is_element_by_element_keeps_it()
    {
        Network<float> network = Network.Create<float>(_image, seed: 1)
            .Dropout(0.1).Activation(new NeuralNet.Activations.Tanh()).Dense(5).Build();
        network.InputShape.Should().Be(_image);
        network.Layers[0].OutputShape.Should().Be(_image);
        network.Layers[1].OutputShape.Should().Be(_image);
        network.Layers[2].InputShape.Should().Be(_image);
        network.OutputShape.Should().Be((FeatureShape)5);
        network.ToString().Should().Contain("2 × 3 × 4");
    }

    [Fact]
    public void A_sample_of_another_size_is_refused_with_the_shape_that_is_expected()
    {
        Network<float> network = Network.Create<float>(_image, seed: 1).Dense(5).Build();
        network.Invoking(n => n.Predict(Vector<float>.Build.Dense(23))).Should().Throw<ArgumentException>()
            .WithMessage("*24 features (2 × 3 × 4) per sample, but 23 were given*");
    }

    private static NetworkBuilder<double> Add(string kind, NetworkBuilder<double> builder) => kind switch
    {
        "batch" => builder.BatchNormalization(),
        "layer" => builder.LayerNormalization(),
        _ => builder.PReLU(slopePerFeature: true),
    };
}
