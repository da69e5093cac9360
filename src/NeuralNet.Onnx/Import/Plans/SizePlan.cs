using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>The number of features that a reshape makes, which needs no layer.</summary>
internal sealed class SizePlan<T>(OnnxNode node, int size) : LayerPlan<T>(node)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override FeatureShape? InputShape => size;

    public override Layer<T>? Make(FeatureShape inputShape) => null;
}
