namespace NeuralNet.Tests.Backpropagation;

/// <summary>Convolutions and what goes with them, proven; a class of its own, to run beside the others.</summary>
public sealed class ConvolutionProofTests
{
    internal static readonly string[] Names =
    [
        "convolution", "transposed convolution", "group and RMS normalization", "gated linear unit",
        "weight normalization",
    ];

    public static TheoryData<string, string> Layers { get; } = GradientProof.WithEveryLoss(Names);

    [Theory]
    [MemberData(nameof(Layers))]
    public void Every_layer_with_its_activations_under_every_loss_is_differentiated_correctly(
        string layer, string loss) => GradientProof.OfLayers(layer, loss);
}
