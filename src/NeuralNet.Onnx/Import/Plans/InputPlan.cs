using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>
/// An input of the network: a permutation of its axes, if the first layers hold them in another order than the file and
/// the caller wants that of the file.
/// </summary>
/// <param name="node">The first node that takes it, for messages.</param>
/// <param name="name">The name of the input.</param>
/// <param name="layout">How its numbers lie.</param>
/// <param name="wantsChannelsLast">True if images are to be taken with the channels last, as layers hold them.</param>
internal sealed class InputPlan<T>(OnnxNode node, string name, SampleLayout layout, bool wantsChannelsLast)
    : LayerPlan<T>(node)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private bool _isDecided;

    /// <summary>The name of the input.</summary>
    public string Name => name;

    public override bool MakesNothing
    {
        get
        {
            AxisOrder order = layout.Order;
            return order.Source.SequenceEqual(order.Axes)
                || (wantsChannelsLast && _isDecided && layout.IsHeldChannelsLast);
        }
    }

    /// <summary>The shape in which the network takes it.</summary>
    public FeatureShape Shape => layout.Rank == 2 && !MakesNothing ? Product() : InputShape;

    public override FeatureShape InputShape =>
        MakesNothing ? layout.Order.Shape ?? Product() : Axis.Shape(layout.Order.Source);

    /// <summary>
    /// Notes whether a layer has decided the order by now. What only the outputs decide does not tell what images are.
    /// </summary>
    public void TakeOrder() => _isDecided = layout.Order.IsFixed;

    public override Layer<T>? Make(FeatureShape inputShape) =>
        MakesNothing ? null : PermutePlan.Create<T>(Node, layout.Order.Source, layout.Order.Axes).Make(inputShape);

    private FeatureShape Product() => Axis.Product(layout.Order.Axes) is > 0 and int size
        ? size
        : throw Node.Refuse(
            $"the file does not say how many features its input {MessageText.Quoted(name)} has, which is {layout}");
}
