using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>Evaluates nodes whose result is a constant because all their inputs are.</summary>
internal static class ConstantFolding
{
    private static readonly Dictionary<string, Func<OnnxNode, ConstantTensor, ConstantTensor?>> _readers =
        new(StringComparer.Ordinal)
        {
            ["Identity"] = (node, source) => source.Renamed(node.Output),
            ["Cast"] = Cast,
            ["Transpose"] = Transpose,
        };

    /// <summary>The result of a reshape; null if it is no constant.</summary>
    /// <param name="node">The node.</param>
    /// <param name="source">The constant that is reshaped; null if that is none.</param>
    /// <param name="shape">The constant that is the new shape; null if that is none.</param>
    public static ConstantTensor? Reshape(OnnxNode node, ConstantTensor? source, ConstantTensor? shape)
    {
        if (source is not { Problem: null, Count: > 0 }
            || shape is not { Problem: null, IsInteger: true, Count: <= ConstantTensor.MostDimensions })
        {
            return null;
        }

        long[] dimensions =
        [
            .. Enumerable.Range(0, shape.Count).Select(i =>
                shape.Integer(i) == 0 && i < source.Dimensions.Count ? source.Dimensions[i] : shape.Integer(i)),
        ];
        int open = Array.IndexOf(dimensions, -1);
        long known = dimensions.Where(size => size != -1).Aggregate(
            1L, (product, size) => product > 0 && size > 0 && size <= source.Count / product ? product * size : -1);
        if (open >= 0 && known > 0)
        {
            dimensions[open] = source.Count / known;
            known *= dimensions[open];
        }

        return known == source.Count
            ? source.Reshaped(node.Output, dimensions)
            : throw node.Damaged($"it makes [{string.Join(", ", dimensions)}] of {source}");
    }

    /// <summary>The result of a node as another view of the same bytes; null if it is no constant.</summary>
    /// <param name="node">The node.</param>
    /// <param name="source">The constant that is the node's first input; null if that is none.</param>
    public static ConstantTensor? Fold(OnnxNode node, ConstantTensor? source) =>
        source is not null && node.Inputs.Count == 1 && _readers.TryGetValue(node.Operation, out var read)
            ? read(node, source)
            : null;

    private static ConstantTensor? Cast(OnnxNode node, ConstantTensor source) =>
        (source.IsInteger
            ? node.Int("to", 0) is ElementKind.Int32 or ElementKind.Int64
            : node.Int("to", 0) is ElementKind.Float or ElementKind.Double)
            ? source.Renamed(node.Output)
            : null;

    private static ConstantTensor? Transpose(OnnxNode node, ConstantTensor source)
    {
        if (source.Dimensions.Count > 2)
        {
            return null;
        }

        return IsUnmoved(node, source) ? source.Renamed(node.Output) : source.Transposed(node.Output);
    }

    private static bool IsUnmoved(OnnxNode node, ConstantTensor source)
    {
        IReadOnlyList<long>? order = node.Ints("perm");
        if (order is null)
        {
            return false;
        }

        bool isUnmoved = order.SequenceEqual(
            Enumerable.Range(0, source.Dimensions.Count).Select(axis => (long)axis));
        return isUnmoved || order.SequenceEqual([1L, 0L])
            ? isUnmoved
            : throw node.Damaged($"it reorders the axes of {source} as [{string.Join(", ", order.Take(8))}]");
    }
}
