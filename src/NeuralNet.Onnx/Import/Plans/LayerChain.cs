using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>The layers read so far, one after the other, which the readers extend.</summary>
internal sealed class LayerChain<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<LayerPlan<T>> _plans = [];

    /// <summary>The layers from first to last.</summary>
    public IReadOnlyList<LayerPlan<T>> Plans => _plans;

    /// <summary>The last layer, if it is a product that no activation follows yet; else null.</summary>
    public ProductPlan<T>? OpenProduct => _plans is [.., ProductPlan<T> { IsOpen: true } product] ? product : null;

    /// <summary>True if the last layer gives no number below 0.</summary>
    public bool IsNotNegative => _plans is [.., { Activation: ReLU or ReLU6 or Sigmoid or Softplus }];

    /// <summary>Adds a layer behind the last one.</summary>
    public void Add(LayerPlan<T> plan) => _plans.Add(plan);

    /// <summary>
    /// Adds an activation: to the product before it if that has none, else as a layer of its own.
    /// </summary>
    public void Activate(OnnxNode node, IActivation activation)
    {
        // A convolution would apply it to the channels at each place, not to all features.
        bool isOfAll = activation is Softmax or LogSoftmax && OpenProduct is ConvolutionPlan<T>;
        if (OpenProduct is { } product && !isOfAll)
        {
            product.Close(activation);
        }
        else
        {
            Add(new ActivationPlan<T>(node, activation));
        }
    }

    /// <summary>
    /// The scaling that the chain ends in, if it can take numbers for these features; else a new one.
    /// </summary>
    public ScalingPlan<T> Scaling(OnnxNode node, ParameterBudget budget, FeatureSet features)
    {
        if (_plans is [.., ScalingPlan<T> last] && last.Takes(features))
        {
            return last;
        }

        var scaling = new ScalingPlan<T>(node, budget);
        Add(scaling);
        return scaling;
    }

    /// <summary>
    /// Makes the network hold the features of a layout in an order of its axes, with a permutation if it does not.
    /// </summary>
    /// <param name="node">The node for which it is needed.</param>
    /// <param name="layout">The layout.</param>
    /// <param name="groups">The axes in that order, those together that are one dimension of the shape.</param>
    /// <returns>The layout in that order, and the shape.</returns>
    /// <exception cref="NotSupportedException">There are more axes than a shape has dimensions.</exception>
    public (SampleLayout Layout, FeatureShape Shape) Arrange(OnnxNode node, SampleLayout layout, Axis[][] groups)
    {
        Axis[] axes = [.. groups.SelectMany(group => group)];
        FeatureShape shape = groups.Length is > 0 and <= FeatureShape.MaxRank
            ? new FeatureShape([.. groups.Select(Axis.Product)])
            : Axis.Product(axes);
        AxisOrder order = layout.Order;
        if (!order.IsFixed)
        {
            order.Fix(axes, shape);
        }
        else if (!order.Axes.SequenceEqual(axes))
        {
            Add(PermutePlan.Create<T>(node, order.Axes, axes));
            layout = layout.Ordered(AxisOrder.Fixed(axes, shape));
        }

        return (layout, shape);
    }
}
