using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>An operator applied to a value, with checked access to the operator's inputs and attributes.</summary>
/// <param name="graph">The graph.</param>
/// <param name="budget">The number of parameters that the network may still have.</param>
/// <param name="node">The operator.</param>
/// <param name="value">The one of the operator's inputs that depends on the input of the graph.</param>
internal sealed class OperatorCall(ModelGraph graph, ParameterBudget budget, OnnxNode node, GraphValue value)
{
    /// <summary>The operator.</summary>
    public OnnxNode Node => node;

    /// <summary>The value that the operator takes; its other inputs are constants.</summary>
    public GraphValue Value => value;

    /// <summary>The graph that the operator is part of.</summary>
    public ModelGraph Graph => graph;

    /// <summary>The number of parameters that the network may still have.</summary>
    public ParameterBudget Budget => budget;

    /// <summary>The result of the operator, if it has the dimensions of the input.</summary>
    public GraphValue Result => value.Mapped(node.Output);

    /// <summary>Refuses an operator that takes the value more than once, or another one that is no constant.</summary>
    public void RequireSingleValue()
    {
        foreach (string input in node.Inputs)
        {
            if (input.Length > 0 && input != value.Name && graph.Constant(input) is null)
            {
                throw node.Refuse(
                    $"it takes two values that are no constants, {MessageText.Quoted(value.Name)} and "
                    + $"{MessageText.Quoted(input)}, which no layer does");
            }
        }

        if (node.Inputs.Count(input => input == value.Name) != 1)
        {
            throw node.Refuse(
                $"it takes the value {MessageText.Quoted(value.Name)} more than once, which no layer does");
        }
    }

    /// <summary>Refuses a value that is not the first input.</summary>
    public void RequireFirstInput()
    {
        if (node.Input(0) != value.Name)
        {
            throw node.Refuse("the value that depends on the input is not its first input");
        }
    }

    /// <summary>Refuses a value that is not batch × features.</summary>
    public void RequireFlat()
    {
        if (!value.IsFlat)
        {
            throw node.Refuse(
                value.Rank == 2
                    ? "the rows of its input are places of a sample, not samples"
                    : $"its input is {Describe()}; a layer for it takes two dimensions, batch × features");
        }
    }

    /// <summary>Refuses a value of several dimensions whose sizes are not known.</summary>
    public void RequireKnown()
    {
        if (value.Layout is null && !value.IsFlat)
        {
            throw node.Refuse(
                $"its input is {Describe()}; a network has images of one size, so export the model with fixed sizes");
        }
    }

    /// <summary>The layout of a value that is images or sequences, channels first.</summary>
    /// <exception cref="NotSupportedException">It is neither, or has open sizes.</exception>
    public SampleLayout Image()
    {
        RequireKnown();
        if (value.Rank is not (3 or 4))
        {
            throw node.Refuse(
                $"its input is {Describe()}; images have four dimensions, batch × channels × height × width, sequences "
                + "three");
        }

        return value.Layout is { KeepsSamples: true } layout
            ? layout
            : throw node.Refuse("the first dimension of its input is not that of the samples alone");
    }

    /// <summary>
    /// Makes the network hold images or sequences with the channels last, and gives the shape of one.
    /// </summary>
    public FeatureShape ChannelsLast<T>(LayerChain<T> layers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SampleLayout image = Image();
        return Arrange(layers, [.. Enumerable.Range(2, image.Rank - 2).Select(image.Along), image.Along(1)]);
    }

    /// <summary>
    /// Makes the network hold the features in the order of some groups of axes, and gives the shape of a sample then.
    /// </summary>
    public FeatureShape Arrange<T>(LayerChain<T> layers, Axis[][] groups)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (SampleLayout layout, FeatureShape shape) = layers.Arrange(node, value.Layout!, groups);
        value = value with { Layout = layout };
        return shape;
    }

    /// <summary>
    /// The features along some dimensions of the value, which the network then holds last in each sample.
    /// </summary>
    /// <param name="layers">The layers before the operator.</param>
    /// <param name="dimensions">The dimensions; the only one beside the samples if the value is flat.</param>
    /// <param name="count">The number of features that the operator has numbers for.</param>
    /// <exception cref="InvalidDataException">It is not the number that the value has.</exception>
    public FeatureSet Features<T>(LayerChain<T> layers, IReadOnlyList<int> dimensions, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (value.Layout is not { } layout)
        {
            return FeatureSet.Flat;
        }

        Axis[] axes = layout.Along(dimensions);
        if (Axis.Product(axes) != count)
        {
            throw node.Damaged(
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
            Arrange(
                layers,
                [
                    .. layout.Along(0).Select(axis => new[] { axis }),
                    .. Enumerable.Range(1, layout.Rank - 1).Except(dimensions).Select(layout.Along),
                    axes,
                ]);
            order = value.Layout!.Order;
        }

        FeatureShape shape = order.Shape!.Channels == count
            ? order.Shape
            : new FeatureShape(order.Shape.Size / count, count);
        return new(shape, axes, order);
    }

    /// <summary>
    /// An input that is one number for all features, or one for each of those along some dimensions: the features, and
    /// the numbers in the order of the file.
    /// </summary>
    public (FeatureSet Features, double[] Values) Broadcast<T>(LayerChain<T> layers, int index)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireKnown();
        ConstantTensor constant = Constant(index);
        if (value.Layout is not { } layout || constant.Count == 1)
        {
            return (FeatureSet.Flat, Vector(index).ToArray());
        }

        var dimensions = new List<int>();
        for (int i = 0; i < constant.Dimensions.Count; i++)
        {
            int dimension = layout.Rank - constant.Dimensions.Count + i;
            if (constant.Dimensions[i] != 1)
            {
                dimensions.Add(
                    dimension > 0 && constant.Dimensions[i] == layout.Size(dimension)
                        ? dimension
                        : throw node.Refuse($"{constant} meets {Describe()}; it must have a number for each feature"));
            }
        }

        return (Features(layers, dimensions, constant.Count), constant.ToArray());
    }

    /// <summary>The axes that the operator names, by an attribute or from some opset on by its second input.</summary>
    /// <exception cref="NotSupportedException">They are no constant.</exception>
    public IReadOnlyList<long>? Axes(int inputSince)
    {
        if (graph.Opset < inputSince)
        {
            return node.Ints("axes");
        }

        if (node.Input(1) is not string name)
        {
            return null;
        }

        return graph.Constant(name) is { Problem: null, IsInteger: true, Count: <= FeatureShape.MaxRank } axes
            ? [.. Enumerable.Range(0, axes.Count).Select(axes.Integer)]
            : throw node.Refuse("its axes are no constant of a few whole numbers");
    }

    /// <summary>A dimension that an attribute names, counted from the end if it is below 0.</summary>
    /// <exception cref="NotSupportedException">It is that of the samples.</exception>
    public int Dimension(long axis)
    {
        int rank = value.Rank ?? 2;
        long dimension = axis < 0 ? axis + rank : axis;
        return dimension > 0 && dimension < rank
            ? (int)dimension
            : throw node.Refuse($"it works along axis {axis}, across samples; a sample is treated by itself here");
    }

    /// <summary>
    /// Refuses an operator whose further results, such as a mask or saved statistics, are used: they are fine as long
    /// as nothing reads them.
    /// </summary>
    public void RequireSingleResult()
    {
        foreach (string output in node.Outputs.Skip(1))
        {
            if (output.Length > 0 && (output == graph.Output || graph.Consumers(output).Count > 0))
            {
                throw node.Refuse($"its result {MessageText.Quoted(output)} is used, beside the first one");
            }
        }
    }

    /// <summary>An input that is a constant of floating-point numbers.</summary>
    public ConstantTensor Constant(int index)
    {
        string name = node.Input(index) ?? throw node.Damaged($"its input {index} is missing");
        ConstantTensor constant = graph.Constant(name)
            ?? throw node.Refuse($"its input {MessageText.Quoted(name)} is no constant");
        if (constant.Problem is not null)
        {
            throw node.Refuse($"its input {MessageText.Quoted(name)}: {constant.Problem}");
        }

        return constant.IsInteger ? throw node.Damaged($"its input {constant} holds whole numbers") : constant;
    }

    /// <summary>An input that is a matrix.</summary>
    public ConstantTensor Matrix(int index)
    {
        ConstantTensor constant = Constant(index);
        if (constant.Dimensions.Count != 2)
        {
            throw node.Refuse($"{constant} is no matrix");
        }

        return constant.Count > 0 ? constant : throw node.Damaged($"{constant} is empty");
    }

    /// <summary>An input that is a single number, or has one number per feature.</summary>
    public ConstantTensor Vector(int index)
    {
        ConstantTensor constant = Constant(index);
        for (int i = 0; i < constant.Dimensions.Count - 1; i++)
        {
            if (constant.Dimensions[i] != 1)
            {
                throw node.Refuse($"{constant} is not one number per feature");
            }
        }

        return constant.Count > 0 ? constant : throw node.Damaged($"{constant} is empty");
    }

    /// <summary>An input that is a single number, or has one number for each of so many features.</summary>
    public ConstantTensor Vector(int index, int size)
    {
        ConstantTensor constant = Vector(index);
        return constant.Count == 1 || constant.Count == size
            ? constant
            : throw node.Damaged($"{constant} meets {Quantity.Of(size, "feature")}");
    }

    /// <summary>The numbers of an input that becomes a parameter: one number, or one per feature.</summary>
    public double[] Parameters(int index)
    {
        ConstantTensor constant = Vector(index);
        budget.Take(node, constant.Count);
        return constant.ToArray();
    }

    /// <summary>An input that is a single number.</summary>
    public double Number(int index)
    {
        ConstantTensor constant = Constant(index);
        return constant.Count == 1 ? constant.Scalar() : throw node.Damaged($"{constant} is not a single number");
    }

    /// <summary>An exception for an operator that there is no layer for.</summary>
    public NotSupportedException Unknown() => node.Refuse("there is no layer or activation for this operator");

    /// <summary>Makes an activation, whose refusal of its numbers becomes one of the operator.</summary>
    public IActivation Checked(Func<IActivation> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException exception)
        {
            throw node.Refuse(MessageText.Reason(exception));
        }
    }

    private string Describe() => value.Dimensions is null
        ? "of unknown dimensions"
        : "batch" + string.Concat(
            value.Dimensions.Skip(1).Take(FeatureShape.MaxRank).Select(size => size > 0 ? $" × {size}" : " × ?"));
}
