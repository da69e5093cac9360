namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>Evaluates nodes that move the elements of constants: joins, ranges, choices and transposes.</summary>
internal static class ConstantArrays
{
    private const int MostRows = 1 << 12;

    /// <summary>The result of a node; null if it is no constant that is computed here.</summary>
    public static ConstantTensor? Fold(OnnxNode node, ConstantTensor?[] inputs) => node.Operation switch
    {
        "ConstantOfShape" when inputs[0]!.IsInteger => Fill(node, inputs[0]!),
        "Concat" => Concatenate(node, inputs),
        "Slice" => Slice(node, inputs),
        "Gather" => Gather(node, inputs),
        "Transpose" => Transpose(node, inputs[0]!),
        _ => null,
    };

    private static ConstantTensor? Fill(OnnxNode node, ConstantTensor shape)
    {
        long[] dimensions = [.. Enumerable.Range(0, Math.Min(shape.Count, 8)).Select(shape.Integer)];
        long count = 1;
        foreach (long size in dimensions)
        {
            count = size < 0 || size > ConstantFolding.MostComputed ? -1 : count * size;
            if (count is < 0 or > ConstantFolding.MostComputed)
            {
                return null;
            }
        }

        ConstantTensor? value = node.Constant("value");
        return value is { Problem: not null } or { Count: not 1 } ? null
            : value is { IsInteger: true }
            ? ConstantTensor.Of(node.Output, [.. Enumerable.Repeat(value.Integer(0), (int)count)], dimensions)
            : ConstantTensor.Of(
                node.Output, [.. Enumerable.Repeat(value?.Element(0) ?? 0, (int)count)], dimensions);
    }

    private static ConstantTensor? Concatenate(OnnxNode node, ConstantTensor?[] parts)
    {
        ConstantTensor first = parts[0]!;
        int axis = Axis(node, first, 0);
        if (Array.Exists(parts, part => part is null || part.IsInteger != first.IsInteger)
            || parts.Sum(part => (long)part!.Count) > ConstantFolding.MostComputed)
        {
            return null;
        }

        if (Array.Exists(parts, part => !Others(part!, axis).SequenceEqual(Others(first, axis))))
        {
            throw node.Damaged("what it joins differs in other dimensions, too");
        }

        long outer = first.Dimensions.Take(axis).Aggregate(1L, (product, size) => product * size);
        var order = new List<(ConstantTensor Part, int Index)>();
        for (int row = 0; row < outer; row++)
        {
            foreach (ConstantTensor? part in parts)
            {
                int width = part!.Count / (int)outer;
                order.AddRange(Enumerable.Range(row * width, width).Select(i => (part, i)));
            }
        }

        long[] dimensions = [.. first.Dimensions];
        dimensions[axis] = parts.Sum(part => part!.Dimensions[axis]);
        return first.IsInteger
            ? ConstantTensor.Of(node.Output, [.. order.Select(one => one.Part.Integer(one.Index))], dimensions)
            : ConstantTensor.Of(node.Output, [.. order.Select(one => one.Part.Element(one.Index))], dimensions);
    }

    private static ConstantTensor? Slice(OnnxNode node, ConstantTensor?[] inputs)
    {
        ConstantTensor source = inputs[0]!;
        if (SliceRanges.Read(node, index => Numbers(inputs.ElementAtOrDefault(index))) is not { } ranges)
        {
            return null;
        }

        ConstantTensor? result = source;
        foreach (SliceRange range in ranges)
        {
            int axis = (int)(range.Axis < 0 ? range.Axis + source.Dimensions.Count : range.Axis);
            if (axis < 0 || axis >= source.Dimensions.Count)
            {
                throw node.Damaged($"there is no axis {range.Axis} in {source}");
            }

            if (result is null || result.Dimensions[axis] > MostRows)
            {
                return null;
            }

            result = Take(node, result, axis, range.Places((int)result.Dimensions[axis]), keepsAxis: true);
        }

        return result;
    }

    private static ConstantTensor? Gather(OnnxNode node, ConstantTensor?[] inputs)
    {
        if (inputs is not [{ } source, { IsInteger: true, Dimensions.Count: <= 1 } indices])
        {
            return null;
        }

        int axis = Axis(node, source, 0);
        int rows = (int)source.Dimensions[axis];
        int[] places =
        [
            .. Numbers(indices)!.Select(index => index >= -rows && index < rows
                ? (int)(index < 0 ? index + rows : index)
                : throw node.Damaged($"it takes place {index} of {rows}")),
        ];
        return Take(node, source, axis, places, keepsAxis: indices.Dimensions.Count == 1);
    }

    private static ConstantTensor? Take(OnnxNode node, ConstantTensor source, int axis, int[] places, bool keepsAxis)
    {
        int rows = (int)source.Dimensions[axis];
        int outer = (int)source.Dimensions.Take(axis).Aggregate(1L, (product, size) => product * size);
        int inner = rows == 0 || outer == 0 ? 0 : source.Count / rows / outer;
        if ((long)outer * places.Length * inner > ConstantFolding.MostComputed)
        {
            return null;
        }

        int[] order =
        [
            .. Enumerable.Range(0, outer).SelectMany(row => places.SelectMany(
                place => Enumerable.Range((((row * rows) + place) * inner), inner))),
        ];
        IEnumerable<long> dimensions =
        [
            .. source.Dimensions.Take(axis),
            .. keepsAxis ? [places.Length] : Array.Empty<long>(),
            .. source.Dimensions.Skip(axis + 1),
        ];
        return Ordered(node, source, order, dimensions);
    }

    private static ConstantTensor? Transpose(OnnxNode node, ConstantTensor source)
    {
        int rank = source.Dimensions.Count;
        int[] order = node.Ints("perm") is { } named
            ? [.. named.Select(axis => (int)axis)]
            : [.. Enumerable.Range(0, rank).Reverse()];
        if (!order.Order().SequenceEqual(Enumerable.Range(0, rank)))
        {
            throw node.Damaged($"it reorders the axes of {source} as [{string.Join(", ", order.Take(8))}]");
        }

        if (source.Count > ConstantFolding.MostComputed)
        {
            return null;
        }

        int[] places = new int[source.Count];
        if (places.Length > 0)
        {
            new Kernels.AxisPermutation([.. source.Dimensions.Select(size => (int)size)], order)
                .Apply<int>([.. Enumerable.Range(0, places.Length)], places);
        }

        return Ordered(node, source, places, order.Select(axis => source.Dimensions[axis]));
    }

    private static ConstantTensor Ordered(
        OnnxNode node, ConstantTensor source, int[] order, IEnumerable<long> dimensions) =>
        source.IsInteger
            ? ConstantTensor.Of(node.Output, [.. order.Select(source.Integer)], dimensions)
            : ConstantTensor.Of(node.Output, [.. order.Select(source.Element)], dimensions);

    private static int Axis(OnnxNode node, ConstantTensor source, long otherwise)
    {
        long axis = node.Int("axis", otherwise);
        int rank = source.Dimensions.Count;
        return axis >= -rank && axis < rank
            ? (int)(axis < 0 ? axis + rank : axis)
            : throw node.Damaged($"there is no axis {axis} in {source}");
    }

    private static IEnumerable<long> Others(ConstantTensor part, int axis) =>
        part.Dimensions.Where((_, d) => d != axis);

    private static long[]? Numbers(ConstantTensor? constant) => constant is { IsInteger: true, Count: <= MostRows }
        ? [.. Enumerable.Range(0, constant.Count).Select(constant.Integer)]
        : null;
}
