using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>
/// An activation of the features of each place by itself, such as a softmax of the classes at each pixel.
/// </summary>
/// <param name="node">The node that it comes from.</param>
/// <param name="inputShape">The shape, whose last dimension are the features of a place.</param>
/// <param name="activation">The activation.</param>
internal sealed class PerPlacePlan<T>(OnnxNode node, FeatureShape inputShape, IActivation activation)
    : LayerPlan<T>(node)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override FeatureShape InputShape { get; } = new(inputShape.Positions, inputShape.Channels);

    public override IActivation Activation => activation;

    public override Layer<T> Make(FeatureShape inputShape) => new ActivationLayer<T>(inputShape, activation);
}
