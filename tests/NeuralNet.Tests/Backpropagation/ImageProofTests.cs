namespace NeuralNet.Tests.Backpropagation;

/// <summary>Poolings and layers that resize or reorder, proven; a class of its own, to run beside the others.</summary>
public sealed class ImageProofTests
{
    internal static readonly string[] Names = ["resizing", "pooling", "reshape", "permute"];

    public static TheoryData<string, string> Layers { get; } = GradientProof.WithEveryLoss(Names);

    [Theory]
    [MemberData(nameof(Layers))]
    public void Every_layer_with_its_activations_under_every_loss_is_differentiated_correctly(
        string layer, string loss) => GradientProof.OfLayers(layer, loss);
}
