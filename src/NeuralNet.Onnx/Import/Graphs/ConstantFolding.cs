using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>Evaluates nodes whose result is a constant because all their inputs are.</summary>
internal static class ConstantFolding
{
    /// <summary>
    /// The most numbers that are computed anew; views of what the file holds may have any number.
    /// </summary>
    public const int MostComputed = 1 << 16;

    private const int AxesAreInputSince = 13;

    private static readonly Dictionary<string, Func<double, double>> _functions = new(StringComparer.Ordinal)
    {
        ["Neg"] = x => -x,
        ["Abs"] = Math.Abs,
        ["Exp"] = Math.Exp,
        ["Log"] = Math.Log,
        ["Sqrt"] = Math.Sqrt,
        ["Reciprocal"] = x => 1 / x,
    };

    private static readonly Dictionary<string, Func<double, double, double>> _operators = new(StringComparer.Ordinal)
    {
        ["Add"] = (x, y) => x + y,
        ["Sub"] = (x, y) => x - y,
        ["Mul"] = (x, y) => x * y,
        ["Div"] = (x, y) => x / y,
        ["Pow"] = Math.Pow,
    };

    /// <summary>The result of a node; null if it is no constant, or none that is computed here.</summary>
    /// <param name="node">The node.</param>
    /// <param name="opset">The version of the standard operators.</param>
    /// <param name="input">The constant that is an input; null if that is none.</param>
    /// <exception cref="InvalidDataException">The node contradicts itself.</exception>
    public static ConstantTensor? Fold(OnnxNode node, long opset, Func<int, ConstantTensor?> input)
    {
        if (node.Inputs.Count == 0 || node.Operation == "Shape")
        {
            return null;
        }

        var inputs = new ConstantTensor?[node.Inputs.Count];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (node.Input(i) is not null && ((inputs[i] = input(i)) is not { Problem: null }))
            {
                return null;
            }
        }

        return inputs[0] is { } source ? View(node, opset, source, inputs) ?? Compute(node, source, inputs) : null;
    }

    // The same bytes, read in another way.
    private static ConstantTensor? View(OnnxNode node, long opset, ConstantTensor source, ConstantTensor?[] inputs) =>
        node.Operation switch
        {
            "Identity" => source.Renamed(node.Output),
            "Cast" => Cast(node, source),
            "Transpose" when source.Dimensions.Count <= 2 && !source.IsInteger => Transpose(node, source),
            "Reshape" => Reshape(node, source, inputs),
            "Flatten" => Flatten(node, source),
            "Squeeze" or "Unsqueeze" => Axes(node, opset, inputs) is { } axes
                ? ConstantAxes.Change(node, source, axes)
                : null,
            _ => null,
        };

    private static ConstantTensor? Compute(OnnxNode node, ConstantTensor source, ConstantTensor?[] inputs)
    {
        if (_functions.TryGetValue(node.Operation, out Func<double, double>? function)
            && inputs.Length == 1 && source.Count <= MostComputed)
        {
            double[] values = [.. source.ToArray().Select(function)];
            return source.IsInteger && node.Operation is not ("Neg" or "Abs")
                ? null
                : Make(node, values, source.Dimensions, source.IsInteger);
        }

        return _operators.TryGetValue(node.Operation, out Func<double, double, double>? @operator)
            && inputs is [{ } left, { } right]
            ? Combine(node, left, right, @operator)
            : ConstantArrays.Fold(node, inputs);
    }

    private static ConstantTensor? Combine(
        OnnxNode node, ConstantTensor left, ConstantTensor right, Func<double, double, double> @operator)
    {
        int rank = Math.Max(left.Dimensions.Count, right.Dimensions.Count);
        long[] dimensions = new long[rank];
        long count = 1;
        for (int d = 0; d < rank; d++)
        {
            (long a, long b) = (Size(left, d), Size(right, d));
            if (a != b && a != 1 && b != 1)
            {
                throw node.Damaged($"{left} meets {right}");
            }

            dimensions[d] = a == 1 ? b : a;
            count *= dimensions[d];
            if (count > MostComputed)
            {
                return null;
            }
        }

        double[] values = new double[count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = @operator(left.Element(Place(left, i)), right.Element(Place(right, i)));
        }

        bool isInteger = left.IsInteger && right.IsInteger;
        return Make(node, isInteger ? [.. values.Select(Math.Truncate)] : values, dimensions, isInteger);

        long Size(ConstantTensor tensor, int d) =>
            d - (rank - tensor.Dimensions.Count) is >= 0 and int own ? tensor.Dimensions[own] : 1;

        int Place(ConstantTensor tensor, int index)
        {
            (int place, int stride) = (0, 1);
            for (int d = rank - 1; d >= 0; d--)
            {
                (index, int at) = int.DivRem(index, (int)dimensions[d]);
                long size = Size(tensor, d);
                place += size == 1 ? 0 : at * stride;
                stride *= (int)size;
            }

            return place;
        }
    }

    private static ConstantTensor? Make(
        OnnxNode node, double[] values, IReadOnlyList<long> dimensions, bool isInteger) =>
        !isInteger ? ConstantTensor.Of(node.Output, values, dimensions)
        : Array.TrueForAll(values, value => Math.Abs(value) < 1L << 53)
        ? ConstantTensor.Of(node.Output, [.. values.Select(value => (long)value)], dimensions)
        : null;

    private static ConstantTensor? Cast(OnnxNode node, ConstantTensor source)
    {
        bool toInteger = node.Int("to", 0) is ElementKind.Int32 or ElementKind.Int64;
        bool toReal = node.Int("to", 0) is ElementKind.Float or ElementKind.Double;
        return source.IsInteger
            ? toInteger ? source.Renamed(node.Output)
            : toReal && source.Count <= MostComputed
            ? ConstantTensor.Of(node.Output, source.ToArray(), source.Dimensions)
            : null
            : toReal ? source.Renamed(node.Output)
            : toInteger && source.Count <= MostComputed
            ? Make(node, [.. source.ToArray().Select(Math.Truncate)], source.Dimensions, isInteger: true)
            : null;
    }

    private static ConstantTensor Transpose(OnnxNode node, ConstantTensor source)
    {
        IReadOnlyList<long>? order = node.Ints("perm");
        bool isUnmoved = order?.SequenceEqual(Enumerable.Range(0, source.Dimensions.Count).Select(axis => (long)axis))
            ?? false;
        return order is null || isUnmoved || order.SequenceEqual([1L, 0L])
            ? isUnmoved ? source.Renamed(node.Output) : source.Transposed(node.Output)
            : throw node.Damaged($"it reorders the axes of {source} as [{string.Join(", ", order.Take(8))}]");
    }

    private static ConstantTensor? Flatten(OnnxNode node, ConstantTensor source)
    {
        long axis = node.Int("axis", 1);
        int first = (int)Math.Clamp(axis < 0 ? axis + source.Dimensions.Count : axis, 0, source.Dimensions.Count);
        long rows = source.Dimensions.Take(first).Aggregate(1L, (product, size) => product * size);
        return rows == 0 ? null : source.Reshaped(node.Output, [rows, source.Count / rows]);
    }

    private static ConstantTensor? Reshape(OnnxNode node, ConstantTensor source, ConstantTensor?[] inputs)
    {
        if (source.Count == 0 || inputs.ElementAtOrDefault(1) is not
            { IsInteger: true, Count: <= ConstantTensor.MostDimensions } shape)
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

    private static long[]? Axes(OnnxNode node, long opset, ConstantTensor?[] inputs) =>
        opset < AxesAreInputSince ? node.Ints("axes")?.ToArray() ?? []
        : inputs.ElementAtOrDefault(1) is not { } axes ? []
        : axes is { IsInteger: true, Count: <= ConstantTensor.MostDimensions }
        ? [.. Enumerable.Range(0, axes.Count).Select(axes.Integer)]
        : null;
}
