using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Tests.Parity;

namespace NeuralNet.Tests.Layers;

/// <summary>Networks that normalize images and sequences train and then predict as PyTorch's do.</summary>
public sealed class NormalizedImagesTests
{
    private static readonly Dictionary<string, TrainedCase> _cases =
        ReferenceFile.Read<Dictionary<string, TrainedCase>>("normalized_images");

    private static readonly Dictionary<string, NetworkBuilder<double>> _networks = new()
    {
        ["batch, images"] = Images(6, b => b.BatchNormalization(0.3, 1e-3), b => b.BatchNormalization()),
        ["batch, sequences"] = Steps(5, b => b.BatchNormalization()),
        ["layer, images"] = Images(6, b => b.LayerNormalization()),
        ["layer, sequences"] = Steps(5, b => b.LayerNormalization(1e-3)),
        ["group, 6 channels"] = Images(6, b => b.GroupNormalization(2), b => b.GroupNormalization(1)),
        ["group, 20 channels"] = Images(20, b => b.GroupNormalization(10, 1e-3)),
        ["group, 24 channels"] = Images(24, b => b.GroupNormalization(2)),
        ["group, sequences"] = Steps(16, b => b.GroupNormalization(4)),
        ["instance"] = Images(12, b => b.GroupNormalization(12), b => b.GroupNormalization(3)),
        ["RMS, images"] = Images(6, b => b.RmsNormalization(), b => b.RmsNormalization(0.1)),
        ["RMS, sequences"] = Steps(19, b => b.RmsNormalization()),
    };

    public static TheoryData<string> Cases { get; } = new(_networks.Keys);

    [Fact]
    public void Every_case_is_tested() => _networks.Keys.Should().BeEquivalentTo(_cases.Keys);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Training_steps_and_predictions_are_those_of_PyTorch(string name) =>
        _cases[name].Require(_networks[name].Build());

    private static NetworkBuilder<double> Images(
        int channels,
        Func<NetworkBuilder<double>, NetworkBuilder<double>> first,
        Func<NetworkBuilder<double>, NetworkBuilder<double>>? last = null)
    {
        NetworkBuilder<double> builder = first(
            Network.Create<double>(new FeatureShape(4, 5, 2), seed: 1).Convolution(channels, kernelSize: 2))
            .Activation(new Tanh()).Convolution(3, kernelSize: 2);
        return (last is null ? builder : last(builder)).Activation(new Tanh()).Dense(3);
    }

    private static NetworkBuilder<double> Steps(
        int channels, Func<NetworkBuilder<double>, NetworkBuilder<double>> normalize) =>
        normalize(Network.Create<double>(new FeatureShape(7, 3), seed: 1).Convolution(channels, kernelSize: 2))
            .Activation(new Tanh()).Dense(2);
}
