using System.Numerics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>
/// Reads operators that change dimensions. Of images and sequences they change how a value is read, so none is a layer.
/// </summary>
internal static class ShapeReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int AxesAreInputSince = 13;
    private const int FlatRank = 2;

    public static GraphValue Flatten(OperatorCall call, LayerChain<T> layers)
    {
        call.RequireFirstInput();
        long axis = call.Node.Int("axis", 1);
        bool keepsSamples = axis == 1 || axis == 1 - (call.Value.Rank ?? FlatRank);
        if (!keepsSamples)
        {
            throw call.Node.Refuse($"it flattens from axis {axis} on, not from 1, so that samples mix");
        }

        return call.Value.Layout is { } layout
            ? Read(call, layout, [layout.Size(0), Axis.Product(layout.All) / layout.Size(0)])
            : call.Value.WithFeatures(call.Node.Output, -1);
    }

    public static GraphValue Reshape(OperatorCall call, LayerChain<T> layers)
    {
        call.RequireFirstInput();
        ConstantTensor? shape = call.Graph.Constant(call.Node.Input(1));
        return shape is { Problem: null, IsInteger: true, Count: > 0 and <= FeatureShape.MaxRank }
            ? Reshape(call, [.. Enumerable.Range(0, shape.Count).Select(shape.Integer)], layers)
            : throw call.Node.Refuse(
                $"only a reshape to a constant shape of at most {FeatureShape.MaxRank} dimensions can be represented");
    }

    /// <summary>Gives the value other dimensions, if that keeps the samples apart.</summary>
    /// <param name="call">The operator that does it.</param>
    /// <param name="shape">
    /// The dimensions, samples first: −1 for what is left over, 0 for what it was.
    /// </param>
    /// <param name="layers">The layers before the operator.</param>
    /// <returns>The value that the operator gives.</returns>
    /// <exception cref="NotSupportedException">It may mix samples.</exception>
    public static GraphValue Reshape(OperatorCall call, long[] shape, LayerChain<T> layers)
    {
        if (call.Node.Int("allowzero", 0) != 0 && shape.Contains(0))
        {
            throw Mixes(call, shape);
        }

        return call.Value.Layout is null && shape.Length == FlatRank
            ? ReshapeFeatures(call, shape, layers)
            : ReshapeLayout(call, call.Value.Layout ?? FeaturesAsLayout(call, shape, layers), shape);
    }

    public static GraphValue Squeeze(OperatorCall call, LayerChain<T> layers)
    {
        (SampleLayout layout, long[] axes) = LayoutAndAxes(call, call.Value.Rank ?? 0);
        IEnumerable<int> kept = Enumerable.Range(0, layout.Rank).Where(
            d => !(axes.Length == 0 ? d > 0 && layout.Size(d) == 1 : axes.Contains(d)));
        return axes.All(axis => axis > 0 && layout.Size((int)axis) == 1)
            ? call.Value.WithLayout(call.Node.Output, layout.Transposed(kept))
            : throw call.Node.Refuse(
                $"it removes the axes [{string.Join(", ", axes)}]; only those of size 1 behind the samples can be");
    }

    public static GraphValue Unsqueeze(OperatorCall call, LayerChain<T> layers)
    {
        (SampleLayout layout, long[] axes) = LayoutAndAxes(
            call, (call.Value.Rank ?? 0) + (call.Axes(AxesAreInputSince)?.Count ?? 0));
        int rank = layout.Rank + axes.Length;
        if (rank > FeatureShape.MaxRank || axes.Contains(0) || axes.Distinct().Count() < axes.Length)
        {
            throw call.Node.Refuse(
                $"it adds the axes [{string.Join(", ", axes)}]; only others than that of the samples can be added, up "
                + $"to {FeatureShape.MaxRank} in all");
        }

        var sizes = new Queue<int>(Enumerable.Range(0, layout.Rank).Select(layout.Size));
        return Read(call, layout, [.. Enumerable.Range(0, rank).Select(d => axes.Contains(d) ? 1 : sizes.Dequeue())]);
    }

    public static GraphValue Transpose(OperatorCall call, LayerChain<T> layers)
    {
        call.RequireKnown();
        int rank = call.Value.Rank ?? FlatRank;
        IReadOnlyList<long> order =
            call.Node.Ints("perm") ?? [.. Enumerable.Range(0, rank).Reverse().Select(axis => (long)axis)];
        if (!order.Order().SequenceEqual(Enumerable.Range(0, rank).Select(axis => (long)axis)))
        {
            throw call.Node.Damaged(
                $"its 'perm' [{string.Join(", ", order.Take(FeatureShape.MaxRank))}] is no order of {rank} axes");
        }

        if (order[0] != 0)
        {
            throw call.Node.Refuse(
                $"its 'perm' [{string.Join(", ", order)}] moves the axis of the samples; only the others can be moved");
        }

        return call.Value.Layout is { } layout
            ? call.Value.WithLayout(call.Node.Output, layout.Transposed(order.Select(axis => (int)axis)))
            : call.Result;
    }

    private static (SampleLayout Layout, long[] Axes) LayoutAndAxes(OperatorCall call, int rank)
    {
        call.RequireFirstInput();
        SampleLayout layout = call.Value.Layout ?? throw call.Unknown();
        long[] axes = [.. (call.Axes(AxesAreInputSince) ?? []).Select(axis => axis < 0 ? axis + rank : axis)];
        return Array.TrueForAll(axes, axis => axis >= 0 && axis < rank)
            ? (layout, axes)
            : throw call.Node.Damaged($"there is no axis {axes.First(axis => axis < 0 || axis >= rank)} of {rank}");
    }

    // Just features, which are given dimensions: the network holds them as the file does.
    private static SampleLayout FeaturesAsLayout(OperatorCall call, long[] shape, LayerChain<T> layers)
    {
        call.RequireFlat();
        long features = call.Value.Dimensions is [_, > 0 and long known] ? known : shape.Skip(1).Aggregate(
            1L, (product, size) => product > 0 && size > 0 && size <= Array.MaxLength / product ? product * size : -1);
        if (features < 1 || features > Array.MaxLength)
        {
            throw call.Node.Refuse("the number of features that it reshapes is open");
        }

        layers.Add(new SizePlan<T>(call.Node, (int)features));
        Axis[] axes = Axis.Of(features);
        return new(AxisOrder.Fixed(axes, (int)features), [[], axes]);
    }

    private static GraphValue ReshapeFeatures(OperatorCall call, long[] shape, LayerChain<T> layers)
    {
        (long samples, long features) = (shape[0], shape[1]);
        bool keepsSamples = (samples == -1 && features > 0) || (samples == 0 && (features > 0 || features == -1))
            || (samples == 1 && call.Value.Dimensions is [1, ..] && (features > 0 || features == -1))
            || (samples == -1 && features == 0 && call.Value.IsFlat);
        if (!keepsSamples)
        {
            throw Mixes(call, shape);
        }

        if (features > 0)
        {
            layers.Add(new SizePlan<T>(
                call.Node,
                features <= Array.MaxLength
                    ? (int)features
                    : throw call.Node.Damaged($"it makes {features} features, more than an array can hold")));
        }

        return call.Value.WithFeatures(call.Node.Output, features > 0 ? features : -1);
    }

    private static GraphValue ReshapeLayout(OperatorCall call, SampleLayout layout, long[] shape)
    {
        long samples = call.Value.Samples;

        // A single sample may have no dimension of its own.
        long[] sizes = shape.Length == 1 && samples == 1 ? [1, shape[0]] : shape;
        if (sizes.Skip(1).Select((size, i) => (Size: size, Dimension: i + 1)).Any(
            one => one.Size < -1 || (one.Size == 0 && one.Dimension >= layout.Rank))
            || sizes.Count(size => size == -1) > 1 || sizes.Length < FlatRank)
        {
            throw Mixes(call, shape);
        }

        int size = Axis.Product(layout.All);
        long[] others = [.. sizes.Select((size, d) => size == 0 && d > 0 ? layout.Size(d) : size).Skip(1)];
        long known = others.Where(other => other != -1).Aggregate(
            1L, (product, other) => other > size / product ? size + 1L : product * other);
        long first = sizes[0] == 0 ? layout.Size(0)
            : sizes[0] == -1 ? size / known
            : samples > 0 && sizes[0] % samples == 0 ? sizes[0] / samples
            : throw Mixes(call, shape);
        if (first < 1 || first > size / known || size % (first * known) != 0
            || (!others.Contains(-1) && first * known != size))
        {
            throw call.Node.Damaged(
                $"it makes {string.Join(" × ", shape)} of samples of {size} features, which does not come out even");
        }

        int left = (int)(size / (first * known));
        return Read(call, layout, [(int)first, .. others.Select(other => other == -1 ? left : (int)other)]);
    }

    private static GraphValue Read(OperatorCall call, SampleLayout layout, int[] sizes) =>
        layout.Reshaped(sizes) is { } reshaped
            ? call.Value.WithLayout(call.Node.Output, reshaped)
            : throw call.Node.Refuse(
                $"it makes {string.Join(" × ", sizes.Skip(1))} of a sample, which cuts through the axes that it had");

    private static NotSupportedException Mixes(OperatorCall call, long[] shape) =>
        call.Node.Refuse($"it makes {string.Join(" × ", shape)} of the values, which may mix samples");
}
