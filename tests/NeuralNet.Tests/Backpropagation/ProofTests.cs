using NeuralNet.Activations;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Backpropagation;

/// <summary>All layers proven that no other class of proofs names, and activations as the last ones.</summary>
public sealed class ProofTests
{
    public static TheoryData<string, string> Layers { get; } = GradientProof.WithEveryLoss(
        ProvenLayers.All.Keys.Except([.. ConvolutionProofTests.Names, .. ImageProofTests.Names]));

    public static TheoryData<string> Losses { get; } = new(GradientProof.Losses);

    [Fact]
    public void Every_kind_of_layer_is_among_them() =>
        ProvenLayers.All.Values
            .SelectMany(add => EveryLayer.KindsIn(add(Network.Create<double>(3, seed: 1), new Tanh()).Build()))
            .Distinct().Should().BeEquivalentTo(EveryLayer.Kinds);

    [Theory]
    [MemberData(nameof(Layers))]
    public void Every_layer_with_its_activations_under_every_loss_is_differentiated_correctly(
        string layer, string loss) => GradientProof.OfLayers(layer, loss);

    [Theory]
    [MemberData(nameof(Losses))]
    public void Every_activation_that_a_loss_understands_may_be_the_last(string loss) =>
        GradientProof.OfLastActivations(loss);
}
