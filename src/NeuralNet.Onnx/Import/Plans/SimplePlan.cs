using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>A layer without parameters of its own, that keeps the size unless it asks for a shape.</summary>
internal sealed class SimplePlan<T>(
    OnnxNode node, Func<FeatureShape, Layer<T>> make, FeatureShape? inputShape = null) : LayerPlan<T>(node)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override FeatureShape? InputShape => inputShape;

    public override Layer<T> Make(FeatureShape inputShape) => make(inputShape);
}
