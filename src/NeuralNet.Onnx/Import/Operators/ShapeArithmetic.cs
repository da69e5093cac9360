using System.Numerics;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Values;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>
/// Calculates with the dimensions of values, as exporters do to keep the batch open: Shape, then Gather, Concat and
/// the like, up to the new shape of a reshape.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="values">The value of a name, if it is no constant.</param>
internal sealed class ShapeArithmetic(ModelGraph graph, Func<string, GraphValue?> values)
{
    private const int Most = 64;

    /// <summary>The result of Shape or Size.</summary>
    public static ShapeValue Of<T>(OnnxNode node, SampleValue<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SampleLayout layout = value.Layout;
        ShapeNumber[] all = [.. Enumerable.Range(0, layout.Rank).Select(d => Dimension(layout, d))];
        if (node.Operation == "Size")
        {
            return new(node.Output, [all.Aggregate(new ShapeNumber(1), (product, size) => product * size)], true);
        }

        int start = Place(node.Int("start", 0));
        int end = Place(node.Int("end", layout.Rank));
        return new(node.Output, all[start..Math.Max(start, end)], IsScalar: false);

        int Place(long place) => (int)Math.Clamp(place < 0 ? place + layout.Rank : place, 0, layout.Rank);
    }

    /// <summary>A constant that is repeated for each sample; null if a value is none.</summary>
    public UniformValue? Uniform(string name) => values(name) as UniformValue;

    /// <summary>The numbers that an input is; null if it is none that is known.</summary>
    public ShapeValue? Input(OnnxNode node, int index)
    {
        if (node.Input(index) is not string name)
        {
            return null;
        }

        return graph.Constant(name) is not { } constant ? values(name) as ShapeValue
            : constant is { Problem: null, IsInteger: true, Count: <= Most, Dimensions.Count: <= 1 }
            ? new(
                name,
                [.. Enumerable.Range(0, constant.Count).Select(i => new ShapeNumber(constant.Integer(i)))],
                constant.Dimensions.Count == 0)
            : null;
    }

    /// <summary>The result of an operator on shapes.</summary>
    /// <exception cref="NotSupportedException">It is none that is calculated here.</exception>
    public ShapeValue Read(OnnxNode node)
    {
        var inputs = new ShapeValue?[node.Inputs.Count];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = Input(node, i);
        }

        ShapeValue? result = node.Operation switch
        {
            "Identity" => inputs[0],
            "Cast" when node.Int("to", 0) is ElementKind.Int32 or ElementKind.Int64 => inputs[0],
            "Squeeze" or "Reshape" when inputs[0] is { Numbers.Count: 1 } one =>
                one with { IsScalar = node.Operation == "Squeeze" },
            "Unsqueeze" => inputs[0] is { } scalar ? scalar with { IsScalar = false } : null,
            "Concat" when inputs.All(input => input is not null) =>
                new("", [.. inputs.SelectMany(input => input!.Numbers)], IsScalar: false),
            "Gather" => Gather(node, inputs),
            "Slice" => Slice(node, inputs[0]),
            "Mul" => Combine(inputs, (x, y) => x * y),
            "Div" => Combine(inputs, (x, y) => x / y),
            "Add" => Combine(inputs, (x, y) => x + y),
            "Sub" => Combine(inputs, (x, y) => x + -y),
            "ReduceProd" => inputs[0] is { } factors
                ? new(
                    "",
                    [factors.Numbers.Aggregate(new ShapeNumber(1), (product, size) => product * size)],
                    node.Int("keepdims", 1) == 0)
                : null,
            _ => null,
        };
        return result is { Numbers.Count: <= Most }
            ? result with { Name = node.Output }
            : throw node.Refuse("it calculates with the dimensions of a value in a way that is not known");
    }

    private static ShapeNumber Dimension(SampleLayout layout, int dimension)
    {
        int size = layout.Size(dimension);
        return size < 0 ? ShapeNumber.Unknown : new(size, layout.SamplesDimension == dimension);
    }

    private static ShapeValue? Gather(OnnxNode node, ShapeValue?[] inputs)
    {
        if (inputs is not [{ } source, { } indices] || node.Int("axis", 0) is not (0 or -1))
        {
            return null;
        }

        long count = source.Numbers.Count;
        long[] places = [.. indices.Numbers.Select(index => index.Value < 0 ? index.Value + count : index.Value)];
        return Array.TrueForAll(places, place => place >= 0 && place < count)
            ? new("", [.. places.Select(place => source.Numbers[(int)place])], indices.IsScalar)
            : throw node.Damaged($"it takes a place of {count} that there is not");
    }

    private ShapeValue? Slice(OnnxNode node, ShapeValue? source)
    {
        if (source is null || SliceRanges.Read(node, Constants) is not { } ranges)
        {
            return null;
        }

        ShapeNumber[] numbers = [.. source.Numbers];
        foreach (SliceRange range in ranges)
        {
            numbers = [.. range.Places(numbers.Length).Select(place => numbers[place])];
        }

        return source with { Numbers = numbers };

        long[]? Constants(int index) => Input(node, index)?.Numbers.Select(number => number.Value).ToArray();
    }

    private static ShapeValue? Combine(ShapeValue?[] inputs, Func<ShapeNumber, ShapeNumber, ShapeNumber> combine)
    {
        if (inputs is not [{ } left, { } right]
            || (left.Numbers.Count != right.Numbers.Count && left.Numbers.Count != 1 && right.Numbers.Count != 1))
        {
            return null;
        }

        int count = Math.Max(left.Numbers.Count, right.Numbers.Count);
        return new(
            "",
            [.. Enumerable.Range(0, count).Select(i => combine(At(left, i), At(right, i)))],
            left.IsScalar && right.IsScalar);

        static ShapeNumber At(ShapeValue value, int i) => value.Numbers[value.Numbers.Count == 1 ? 0 : i];
    }
}
