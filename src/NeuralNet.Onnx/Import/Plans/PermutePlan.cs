using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>A permutation of axes.</summary>
internal static class PermutePlan
{
    /// <summary>The layer that brings columns from one order of axes to another.</summary>
    /// <exception cref="NotSupportedException">There are more axes than a shape has dimensions.</exception>
    public static LayerPlan<T> Create<T>(OnnxNode node, Axis[] from, Axis[] to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (from.Length > FeatureShape.MaxRank)
        {
            throw node.Refuse(
                $"it takes a value whose {from.Length} axes are in another order; only {FeatureShape.MaxRank} can be");
        }

        int[] axes = [.. to.Select(axis => Array.IndexOf(from, axis))];
        var shape = new FeatureShape([.. from.Select(axis => axis.Size)]);
        return new SimplePlan<T>(node, inputShape => new Permute<T>(inputShape, axes), shape);
    }
}
