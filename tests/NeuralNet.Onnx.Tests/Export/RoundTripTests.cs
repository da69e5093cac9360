using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Ensembles;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Onnx.Tests.Export;

/// <summary>A network that was exported and imported again predicts the same.</summary>
public sealed class RoundTripTests
{
    public static TheoryData<string> Cases { get; } = new(
        ExportCatalogue.Importable.Select(exportCase => exportCase.Name));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_network_predicts_the_same_after_export_and_import(string name)
    {
        IExportCase exportCase = ExportCatalogue.Importable.Single(one => one.Name == name);
        double tolerance = exportCase.Describe().Type == "float32" ? 2e-6 : 1e-12;
        exportCase.RoundTripDifference().Should().BeLessThan(tolerance);
    }

    // As branches: a value, a gate and their product. A network of positions by themselves becomes convolutions.
    [Theory]
    [InlineData("glu", 2e-6)]
    [InlineData("glu-double", 1e-12)]
    public void Gated_linear_units_predict_the_same_after_export_and_import(string name, double tolerance) =>
        ExportCatalogue.All.Single(one => one.Name == name).RoundTripDifference().Should().BeLessThan(tolerance);

    [Fact]
    public void Layers_and_activations_come_back_as_they_were()
    {
        Network<float> network = Network.Create<float>(6, seed: 1)
            .Dense(12, new GELU()).BatchNormalization().Activation(new CELU(2.5)).Dense(4, new Softplus(3))
            .Residual(block => block.LayerNormalization().Dense(8, new SiLU()).PReLU().Dense(4, new Mish()))
            .Dropout(0.25).PReLU(slopePerFeature: true).Dense(10, new LogSoftmax()).Build();
        using var stream = new MemoryStream();
        network.SaveOnnx(stream);
        stream.Position = 0;

        Network<float> loaded = Network.LoadOnnx<float>(stream);

        // Of Dropout, which predicts nothing, no trace is left.
        LayersOf(loaded).Should().Equal(
            LayersOf(network).Where(line => !line.StartsWith("dropout1", StringComparison.Ordinal)));
        loaded.Parameters.Select(parameter => parameter.ToString())
            .Should().Equal(network.Parameters.Select(parameter => parameter.ToString()));
        loaded.Parameters.Zip(network.Parameters).Should().AllSatisfy(
            pair => pair.First.Values.ToArray().Should().Equal(pair.Second.Values.ToArray()));
        ((BatchNormalization<float>)loaded.Layers[1]).Momentum.Should().Be(0.1);
        ((BatchNormalization<float>)loaded.Layers[1]).Epsilon.Should().Be(1e-5);
    }

    [Fact]
    public void An_ensemble_is_one_model_that_gives_the_mean_of_probabilities()
    {
        Network<float> Member(int seed) =>
            Network.Create<float>(4, seed).Dense(6, new ReLU()).Dropout(0.5).Dense(3).Build();
        Network<float> ensemble = Ensemble.Combine([Member(1), Member(2), Member(3)], new SoftmaxCrossEntropy());
        using var stream = new MemoryStream();
        ensemble.SaveOnnx(stream);
        stream.Position = 0;

        Network<float> loaded = Network.LoadOnnx<float>(stream);

        float[] inputs = [0.5f, -1, 2, 0.25f, 3, 1, -2, 0];
        float[] expected = ensemble.Predict(inputs);
        loaded.Predict(inputs).Should().Equal(expected, (one, other) => Math.Abs(one - other) < 2e-6);
        expected.Sum().Should().BeApproximately(2, 1e-5f);
    }

    [Fact]
    public void Layers_of_images_come_back_as_they_were()
    {
        Network<float> network = Network.Create<float>(new FeatureShape(9, 8, 3), seed: 1)
            .Convolution(6, kernelSize: 3, stride: (1, 2), padding: Padding.Same, activation: new ReLU())
            .BatchNormalization()
            .Residual(block => block
                .Convolution(6, 3, padding: 1, groups: 2, biases: false).PReLU(slopePerFeature: true))
            .MaxPooling(2, stride: 1, padding: 1).AveragePooling(2, countPadding: true)
            .Convolution(4, (2, 1), dilation: 2, activation: new Softmax())
            .Dense(5, new SiLU()).Dense(2).Build();
        RequireSame(network);
        RequireSame(Network.Create<float>(new FeatureShape(9, 3), seed: 1)
            .Convolution(4, kernelSize: 3).LayerNormalization().GlobalAveragePooling().Dense(2).Build());
        RequireSame(Network.Create<float>(new FeatureShape(3, 6, 5), seed: 1)
            .Permute(1, 2, 0).Convolution(4, kernelSize: 3).Permute(2, 0, 1).Build());
    }

    [Fact]
    public void A_network_whose_parameters_are_not_finite_is_refused_by_name_unless_asked_for()
    {
        Network<float> network = Network.Create<float>(3, seed: 1).Dense(4, new ReLU()).BatchNormalization().Dense(2)
            .Build();
        network.Parameter("batchNormalization1.runningMean").Values[2] = float.NaN;
        using var stream = new MemoryStream();
        network.SaveOnnx(stream);

        stream.Position = 0;
        FluentActions.Invoking(() => Network.LoadOnnx<float>(stream))
            .Should().Throw<InvalidDataException>()
            .WithMessage("'stream'*batchNormalization1.runningMean (4) is NaN in row 2*AllowNonFinite*");
        stream.Position = 0;
        Network.LoadOnnx<float>(stream, new() { AllowNonFinite = true }).FindNonFinite()!.Value
            .Should().Be(float.NaN);
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes()
    {
        foreach (IExportCase exportCase in ExportCatalogue.All)
        {
            exportCase.Model().Should().Equal(exportCase.Model(), exportCase.Name);
        }
    }

    private static void RequireSame(Network<float> network)
    {
        using var stream = new MemoryStream();
        network.SaveOnnx(stream);
        stream.Position = 0;
        Network<float> loaded = Network.LoadOnnx<float>(stream);

        loaded.ToString().Should().Be(network.ToString());
        loaded.InputShape.Should().Be(network.InputShape);
        loaded.Layers.Select(layer => (layer.Kind, layer.InputShape, layer.OutputShape))
            .Should().Equal(network.Layers.Select(layer => (layer.Kind, layer.InputShape, layer.OutputShape)));
        loaded.Parameters.Zip(network.Parameters).Should().AllSatisfy(
            pair => pair.First.Values.ToArray().Should().Equal(pair.Second.Values.ToArray()));
    }

    // Without the memory of a step, of which dropout takes some.
    private static IEnumerable<string> LayersOf<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        network.ToString().Split('\n').Where(line => !line.StartsWith("a training step", StringComparison.Ordinal));
}
