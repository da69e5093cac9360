using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Assembly;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>
/// An operator applied to a value. What the readers add goes behind the part of the network that gives the value;
/// <see cref="OperatorInputs"/> are the constants that it takes, <see cref="OperatorChecks"/> what is required of it.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="budget">The number of parameters that the network may still have.</param>
/// <param name="node">The operator.</param>
/// <param name="value">The first of the operator's inputs that layers compute.</param>
internal sealed class OperatorCall<T>(ModelGraph graph, ParameterBudget budget, OnnxNode node, SampleValue<T> value)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Dictionary<int, GraphValue>? _further;

    /// <summary>The operator.</summary>
    public OnnxNode Node => node;

    /// <summary>The value that the operator takes, with what has been added behind it.</summary>
    public SampleValue<T> Value => value;

    /// <summary>The graph that the operator is part of.</summary>
    public ModelGraph Graph => graph;

    /// <summary>The number of parameters that the network may still have.</summary>
    public ParameterBudget Budget => budget;

    /// <summary>All inputs that layers compute, in the operator's order; one for each time that it takes it.</summary>
    public IReadOnlyList<SampleValue<T>> Values { get; init; } = [value];

    /// <summary>Follows what the graph calculates with the dimensions of values, such as new shapes.</summary>
    public required ShapeArithmetic Shapes { get; init; }

    /// <summary>The results of the operator beside the first one, by their places.</summary>
    public IReadOnlyDictionary<int, GraphValue>? Further => _further;

    /// <summary>The result of the operator, if it has the dimensions of the input.</summary>
    public SampleValue<T> Result => value with { Name = node.Output };

    /// <summary>
    /// The last layer, if it is a product that no activation follows yet and that nothing else takes; else null.
    /// </summary>
    public ProductPlan<T>? OpenProduct =>
        !value.IsShared && value.End is LayerPart<T> { Plan: ProductPlan<T> { IsOpen: true } plan } ? plan : null;

    /// <summary>True if the last layer gives no number below 0.</summary>
    public bool IsNotNegative =>
        value.End is LayerPart<T> { Plan.Activation: ReLU or ReLU6 or Sigmoid or Softplus };

    /// <summary>The result of the operator with other dimensions.</summary>
    public SampleValue<T> ResultWith(SampleLayout layout) =>
        value with { Name = node.Output, Layout = layout, Zeros = null };

    /// <summary>Gives a result beside the first one.</summary>
    public void Give(int place, GraphValue result) => (_further ??= [])[place] = result;

    /// <summary>Adds a layer behind the value, which it then gives.</summary>
    public void Add(LayerPlan<T> plan) =>
        value = value with { End = new LayerPart<T>(plan, value.End), IsShared = false };

    /// <summary>Reads the same numbers of the value in another layout.</summary>
    public void Read(SampleLayout layout) => value = value with { Layout = layout };

    /// <summary>Goes on with another value, such as one that the operator takes, too.</summary>
    public OperatorCall<T> On(SampleValue<T> other) => new(graph, budget, node, other) { Shapes = Shapes };

    /// <summary>
    /// Adds an activation: to the product before it if that has none, else as a layer of its own.
    /// </summary>
    public void Activate(IActivation activation)
    {
        // A convolution would apply it to the channels at each place, not to all features.
        bool isOfAll = activation is Softmax or LogSoftmax;
        if (OpenProduct is { } product && !(isOfAll && product.IsPerPlace))
        {
            product.Close(activation);
        }
        else
        {
            Add(new ActivationPlan<T>(node, activation));
        }
    }

    /// <summary>Adds c·x for all features, or takes c into the product before.</summary>
    public void Multiply(double factor)
    {
        if (factor == 1)
        {
            return;
        }

        if (OpenProduct is { } product)
        {
            product.Multiply([factor], divide: false);
        }
        else
        {
            Scaling(FeatureSet.Flat).Apply(node, ScalingStep.Multiply, [factor], FeatureSet.Flat);
        }
    }

    /// <summary>Adds x + c for all features, or takes c into the product before.</summary>
    public void Increase(double summand)
    {
        if (summand == 0)
        {
            return;
        }

        if (OpenProduct is { } product)
        {
            product.Add([summand], 1);
        }
        else
        {
            Scaling(FeatureSet.Flat).Apply(node, ScalingStep.Add, [summand], FeatureSet.Flat);
        }
    }

    /// <summary>
    /// The scaling that the value comes from, if it can take numbers for these features; else a new one.
    /// </summary>
    public ScalingPlan<T> Scaling(FeatureSet features)
    {
        if (!value.IsShared && value.End is LayerPart<T> { Plan: ScalingPlan<T> last } && last.Takes(features))
        {
            return last;
        }

        var scaling = new ScalingPlan<T>(node, budget);
        Add(scaling);
        return scaling;
    }

    /// <summary>
    /// Makes the network hold the features in the order of some groups of axes, with a permutation if it does not, and
    /// gives the shape of a sample then.
    /// </summary>
    /// <param name="groups">The axes in that order, those together that are one dimension of the shape.</param>
    /// <exception cref="NotSupportedException">There are more axes than a shape has dimensions.</exception>
    public FeatureShape Arrange(params IReadOnlyList<Axis[]> groups)
    {
        this.RequireKnown();
        Axis[] axes = [.. groups.SelectMany(group => group)];
        FeatureShape shape = groups.Count is > 0 and <= FeatureShape.MaxRank
            ? new FeatureShape([.. groups.Select(Axis.Product)])
            : Axis.Product(axes);
        AxisOrder order = value.Layout.Order;
        if (!order.IsFixed)
        {
            order.Fix(axes, shape);
        }
        else if (!order.Axes.SequenceEqual(axes))
        {
            Add(PermutePlan.Create<T>(node, order.Axes, axes));
            value = value with { Layout = value.Layout.Ordered(AxisOrder.Fixed(axes, shape)) };
        }

        return shape;
    }

    /// <summary>
    /// Makes the network hold images or sequences with the channels last, and gives the shape of one.
    /// </summary>
    public FeatureShape ChannelsLast()
    {
        SampleLayout image = this.Image();
        return Arrange([
            .. Enumerable.Range(2, image.Rank - 2).Select(image.Along), Axis.OfChannels(image.Along(1)),
        ]);
    }

    /// <summary>
    /// The features along some dimensions of the value, which the network then holds last in each sample.
    /// </summary>
    /// <param name="dimensions">The dimensions.</param>
    /// <param name="count">The number of features that the operator has numbers for.</param>
    /// <exception cref="NotSupportedException">It is not the number that the value has.</exception>
    public FeatureSet Features(IReadOnlyList<int> dimensions, int count)
    {
        SampleLayout layout = value.Layout;
        Axis[] axes = layout.Along(dimensions);
        if (axes is [{ IsOpen: true } open])
        {
            open.Resolve(count);
            axes = layout.Along(dimensions);
        }

        this.RequireKnown();
        if (Axis.Product(axes) != count)
        {
            throw node.Refuse(
                $"it has {Quantity.Of(count, "number")} for {Quantity.Of(Axis.Product(axes), "feature")}");
        }

        if (axes.Length == layout.All.Length)
        {
            // All features: any order will do.
            return new(count, axes, layout.Order);
        }

        AxisOrder order = layout.Order;
        if (!order.IsFixed || order.Axes[^axes.Length..].Except(axes).Any())
        {
            Arrange([
                .. layout.Groups(Enumerable.Range(0, layout.Rank).Except(dimensions)),
                axes,
            ]);
            order = value.Layout.Order;
        }

        FeatureShape shape = order.Shape!.Channels == count
            ? order.Shape
            : new FeatureShape(order.Shape.Size / count, count);
        return new(shape, axes, order);
    }
}
