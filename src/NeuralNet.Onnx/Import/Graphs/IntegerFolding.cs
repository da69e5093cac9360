using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>
/// Calculates with a few whole numbers, as PyTorch has the padding of an image calculated: filled up with zeros, in
/// pairs, the pairs in reverse order, and all beginnings before all ends.
/// </summary>
internal static class IntegerFolding
{
    private const int Most = 64;

    /// <summary>The result of a node; null if it is no constant of a few whole numbers.</summary>
    /// <param name="node">The node.</param>
    /// <param name="input">The constant that is an input; null if that is none.</param>
    public static ConstantTensor? Fold(OnnxNode node, Func<int, ConstantTensor?> input) => node.Operation switch
    {
        "ConstantOfShape" => Fill(node, Few(input(0))),
        "Concat" when node.Inputs.Count <= Most && node.Int("axis", 0) == 0 =>
            Concatenate(node, [.. Enumerable.Range(0, node.Inputs.Count).Select(i => Few(input(i)))]),
        "Slice" => Slice(node, [.. Enumerable.Range(0, 5).Select(i => Few(input(i)))]),
        "Transpose" when node.Ints("perm") is null or [1, 0] => Transpose(node, Few(input(0))),
        _ => null,
    };

    private static ConstantTensor? Few(ConstantTensor? constant) =>
        constant is { Problem: null, IsInteger: true, Count: <= Most } ? constant : null;

    private static ConstantTensor? Fill(OnnxNode node, ConstantTensor? shape)
    {
        if (shape is not { Count: 1 } || shape.Integer(0) is not (>= 0 and <= Most and long count)
            || node.Tensor("value") is not { DataType: ElementKind.Int64 } tensor)
        {
            return null;
        }

        ConstantTensor value = ConstantTensor.Create(node.Output, tensor, "");
        return value.Count == 1 ? Make(node, [.. Enumerable.Repeat(value.Integer(0), (int)count)], count) : null;
    }

    private static ConstantTensor? Concatenate(OnnxNode node, ConstantTensor?[] parts)
    {
        if (Array.Exists(parts, part => part is not { Dimensions.Count: 1 }))
        {
            return null;
        }

        long[] values = [.. parts.SelectMany(part => Enumerable.Range(0, part!.Count).Select(part.Integer))];
        return values.Length <= Most ? Make(node, values, values.Length) : null;
    }

    private static ConstantTensor? Transpose(OnnxNode node, ConstantTensor? matrix)
    {
        if (matrix is not { Dimensions: [long rows, long columns] })
        {
            return null;
        }

        IEnumerable<int> places = Enumerable.Range(0, matrix.Count)
            .Select(i => (int)((i % rows * columns) + (i / rows)));
        return Make(node, [.. places.Select(matrix.Integer)], columns, rows);
    }

    // Of rows in steps, forwards or backwards: data, starts, ends, axes, steps.
    private static ConstantTensor? Slice(OnnxNode node, ConstantTensor?[] inputs)
    {
        if (inputs is not [{ Count: > 0, Dimensions.Count: > 0 } data, { Count: 1 } start, { Count: 1 } end, ..]
            || Number(3, 0) != 0 || Number(4, 1) is not (1 or -1))
        {
            return null;
        }

        int rows = (int)data.Dimensions[0];
        int width = data.Count / rows;
        bool isForwards = Number(4, 1) == 1;
        IEnumerable<int> kept = Enumerable.Range(0, rows).Where(row => isForwards
            ? row >= At(start) && row < At(end)
            : row <= Math.Min(At(start), rows - 1) && row > At(end));
        int[] order = [.. isForwards ? kept : kept.Reverse()];
        long[] values = [.. order.SelectMany(row => Enumerable.Range(row * width, width)).Select(data.Integer)];
        return Make(node, values, [order.Length, .. data.Dimensions.Skip(1)]);

        long? Number(int index, long otherwise) => node.Input(index) is null ? otherwise
            : inputs[index] is { Count: 1 } one ? one.Integer(0) : null;

        // Counted from the end if below 0; what is far before the first row stays before it.
        long At(ConstantTensor index) =>
            index.Integer(0) is < 0 and long number ? Math.Max(number, -rows - 1) + rows : index.Integer(0);
    }

    private static ConstantTensor Make(OnnxNode node, long[] values, params IEnumerable<long> dimensions)
    {
        var tensor = new TensorProto { DataType = ElementKind.Int64 };
        tensor.Int64Data.Add(values);
        tensor.Dims.Add(dimensions);
        return ConstantTensor.Create(node.Output, tensor, "");
    }
}
