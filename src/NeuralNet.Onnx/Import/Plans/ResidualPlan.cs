using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>A residual block: the layers within.</summary>
internal sealed class ResidualPlan<T>(OnnxNode node, IReadOnlyList<LayerPlan<T>> layers) : LayerPlan<T>(node)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private List<(LayerPlan<T> Plan, Layer<T> Layer)> _made = [];

    // Where the layers within do not tell, the block's input does, which they begin with.
    public override FeatureShape? InputShape { get; } = Sizes.FirstKnown(layers);

    public override Layer<T> Make(FeatureShape inputShape)
    {
        _made = Sizes.Make(layers, inputShape);
        if (_made.Count == 0)
        {
            // x + x.
            return new Residual<T>(new ActivationLayer<T>(inputShape, new Identity()));
        }

        int size = _made[^1].Layer.OutputSize;
        return size == inputShape.Size
            ? new Residual<T>([.. _made.Select(made => made.Layer)])
            : throw Node.Refuse(
                $"it adds {Quantity.Of(size, "feature")} to {inputShape.Size}; what a residual block adds has the size "
                + "of its input");
    }

    public override void Fill(Layer<T> layer)
    {
        foreach ((LayerPlan<T> plan, Layer<T> made) in _made)
        {
            plan.Fill(made);
        }
    }
}
