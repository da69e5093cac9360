using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>An activation of all features as a layer of its own.</summary>
internal sealed class ActivationPlan<T>(OnnxNode node, IActivation activation) : LayerPlan<T>(node)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override IActivation Activation => activation;

    // A layer of several dimensions would take a softmax of the channels at each place.
    public override Layer<T> Make(FeatureShape inputShape) =>
        new ActivationLayer<T>(activation is Softmax or LogSoftmax ? inputShape.Size : inputShape, activation);
}
