using System.Numerics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>
/// Reads operators that change dimensions. They change how a value is read, so none but an expansion is a layer.
/// </summary>
internal static class ShapeReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int AxesAreInputSince = 13;
    private const int MostShape = 64;

    public static GraphValue Flatten(OperatorCall<T> call)
    {
        call.RequireFirstInput();
        int rank = call.Value.Rank;
        long axis = call.Node.Int("axis", 1);
        axis = axis < 0 ? axis + rank : axis;
        if (axis < 0 || axis > rank)
        {
            throw call.Node.Refuse($"it flattens from axis {axis} on, of {rank}");
        }

        SampleLayout layout = call.Value.Layout;
        List<Axis>[] parts = [[], []];
        for (int d = 0; d < rank; d++)
        {
            List<Axis> part = parts[d < axis ? 0 : 1];
            part.AddRange(d == layout.SamplesDimension ? [Axis.Samples, .. layout.Along(d)] : layout.Along(d));
        }

        var flat = new SampleLayout(layout.Order, parts);
        return flat.SamplesDimension is 0 or -1
            ? call.ResultWith(flat)
            : throw call.Node.Refuse($"it flattens {layout} from axis {axis} on, so that samples mix");
    }

    public static GraphValue Reshape(OperatorCall<T> call)
    {
        call.RequireFirstInput();
        if (call.Shapes.Input(call.Node, 1) is not { Numbers: { Count: > 0 and <= MostShape } shape })
        {
            throw call.Node.Refuse(
                "only a reshape to a constant shape, or one that keeps the batch, can be represented");
        }

        bool copiesZeros = call.Node.Int("allowzero", 0) == 0;
        SampleLayout layout = call.Value.Layout;
        ShapeNumber[] sizes =
        [
            .. shape.Select((size, d) => size is { Value: 0, IsBatch: false } && copiesZeros && d < layout.Rank
                ? new(layout.Size(d), layout.SamplesDimension == d)
                : size),
        ];
        bool isValid = Array.TrueForAll(sizes, size => size.IsKnown && size.Value is > 0 or -1)
            && sizes.Count(size => size.Value == -1) <= 1;
        return isValid && new Reshaping(layout, call.Graph.DeclaredBatch).To(sizes) is { } reshaped
            ? call.ResultWith(reshaped)
            : throw call.Node.Refuse(
                $"it makes {string.Join(" × ", shape)} of {layout}, which mixes samples, cuts through the axes that "
                + "there are, or does not come out even");
    }

    public static GraphValue Squeeze(OperatorCall<T> call)
    {
        call.RequireFirstInput();
        SampleLayout layout = call.Value.Layout;
        int[] axes = Places(call, layout.Rank);
        IEnumerable<int> kept = Enumerable.Range(0, layout.Rank).Where(d => axes.Length > 0
            ? !axes.Contains(d)
            : d == layout.SamplesDimension || layout.Size(d) != 1);
        return axes.All(d => layout.Size(d) == 1 && (d != layout.SamplesDimension || call.Graph.DeclaredBatch == 1))
            ? call.ResultWith(layout.Transposed(kept))
            : throw call.Node.Refuse(
                $"it removes the axes [{string.Join(", ", axes)}] of {layout}; only those of size 1 can be");
    }

    public static GraphValue Unsqueeze(OperatorCall<T> call)
    {
        call.RequireFirstInput();
        SampleLayout layout = call.Value.Layout;
        int rank = layout.Rank + (call.Axes(AxesAreInputSince)?.Count ?? 0);
        int[] axes = Places(call, rank);
        return rank <= FeatureShape.MaxRank && axes.Length == rank - layout.Rank
            ? call.ResultWith(layout.Unsqueezed(axes))
            : throw call.Node.Refuse(
                $"it adds the axes [{string.Join(", ", call.Axes(AxesAreInputSince) ?? [])}]; there can be "
                + $"{FeatureShape.MaxRank} in all, each once");
    }

    public static GraphValue Transpose(OperatorCall<T> call)
    {
        SampleLayout layout = call.Value.Layout;
        IReadOnlyList<long> order = call.Node.Ints("perm")
            ?? [.. Enumerable.Range(0, layout.Rank).Reverse().Select(axis => (long)axis)];
        return order.Order().SequenceEqual(Enumerable.Range(0, layout.Rank).Select(axis => (long)axis))
            ? call.ResultWith(layout.Transposed(order.Select(axis => (int)axis)))
            : throw call.Node.Refuse(
                $"its 'perm' [{string.Join(", ", order.Take(FeatureShape.MaxRank))}] is no order of {layout.Rank} "
                + "axes");
    }

    public static GraphValue Expand(OperatorCall<T> call)
    {
        call.RequireFirstInput();
        if (call.Shapes.Input(call.Node, 1) is not { Numbers: { Count: > 0 and <= FeatureShape.MaxRank } shape })
        {
            throw call.Node.Refuse("only an expansion to a shape that is known can be represented");
        }

        var sizes = new Dictionary<int, int>();
        call.RaiseRank(shape.Count);
        SampleLayout layout = call.Value.Layout;
        for (int i = 0; i < shape.Count; i++)
        {
            int d = layout.Rank - shape.Count + i;
            bool isSamples = layout.SamplesDimension == d;
            bool fits = shape[i] is { Value: 1, IsBatch: false }
                || (isSamples ? shape[i].IsBatch && shape[i].Value == layout.Size(d)
                    : !shape[i].IsBatch && (shape[i].Value == layout.Size(d) || layout.Size(d) == 1));
            if (!fits || shape[i].Value > Axis.MostNumbers)
            {
                throw call.Node.Refuse($"it makes {string.Join(" × ", shape)} of {layout}, which no layer does");
            }

            if (!isSamples && layout.Size(d) == 1 && shape[i].Value > 1)
            {
                sizes.Add(d, (int)shape[i].Value);
            }
        }

        call.Expand(sizes);
        return call.Result;
    }

    private static int[] Places(OperatorCall<T> call, int rank)
    {
        long[] axes = [.. (call.Axes(AxesAreInputSince) ?? []).Select(axis => axis < 0 ? axis + rank : axis)];
        return Array.TrueForAll(axes, axis => axis >= 0 && axis < rank)
            ? [.. axes.Select(axis => (int)axis).Distinct()]
            : throw call.Node.Refuse($"there is no axis {axes.First(axis => axis < 0 || axis >= rank)} of {rank}");
    }
}
