using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Assembly;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads operators that take some places along an axis.</summary>
internal static class RangeReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int AxesAreInputSince = 13;
    private const int MostRuns = 256;

    public static GraphValue Slice(OperatorCall<T> call)
    {
        OnnxNode node = call.Node;
        call.RequireFirstInput();
        if (SliceRanges.Read(node, call.Integers) is not { } ranges)
        {
            throw node.Refuse("its starts, ends, axes or steps are no constants");
        }

        SampleValue<T> value = call.Value;
        foreach (SliceRange range in ranges)
        {
            if (range is { Start: 0, End: >= int.MaxValue, Step: 1 })
            {
                // All there is, as of the samples in x[:, 1:3].
                continue;
            }

            OperatorCall<T> one = call.On(value);
            int dimension = one.Dimension(range.Axis);
            one.RequireKnown();
            value = Take(one, dimension, range.Places(one.Value.Layout.Size(dimension)), keepsAxis: true);
        }

        return value with { Name = node.Output };
    }

    public static GraphValue Split(OperatorCall<T> call)
    {
        OnnxNode node = call.Node;
        call.RequireFirstInput();
        call.RequireKnown();
        int dimension = call.Dimension(node.Int("axis", 0));
        int size = call.Value.Layout.Size(dimension);
        IReadOnlyList<long>? sizes = call.Graph.Opset >= AxesAreInputSince && node.Input(1) is not null
            ? call.Integers(1) ?? throw node.Refuse("its 'split' is no constant")
            : node.Ints("split");
        int count = node.Outputs.Count;
        int whole = (size + count - 1) / count;
        sizes ??= [.. Enumerable.Range(0, count).Select(i => (long)Math.Clamp(size - (i * whole), 0, whole))];
        if (sizes.Count != count || sizes.Any(one => one < 1 || one > size) || sizes.Sum() != size)
        {
            throw node.Refuse($"it makes {string.Join(" + ", sizes.Take(8))} of {size} places");
        }

        int start = 0;
        GraphValue? first = null;
        for (int i = 0; i < count; i++)
        {
            int length = (int)sizes[i];
            SampleValue<T> part = Take(
                call.On(call.Value with { IsShared = true }),
                dimension,
                [.. Enumerable.Range(start, length)],
                keepsAxis: true);
            start += length;
            first ??= part;
            call.Give(i, part);
        }

        return first!;
    }

    public static GraphValue Gather(OperatorCall<T> call)
    {
        if (call.Graph.Constant(call.Node.Input(0)) is not null)
        {
            return EmbeddingReader<T>.Read(call);
        }

        return Gather(call, call.Node.Int("axis", 0), keepsAxis: false);
    }

    /// <summary>Some places along a dimension: ranges of rows, once it is the slowest in the network.</summary>
    /// <param name="call">The operator.</param>
    /// <param name="dimension">The dimension.</param>
    /// <param name="places">The places in their order.</param>
    /// <param name="keepsAxis">False to leave out the dimension of the one place that there is.</param>
    public static SampleValue<T> Take(OperatorCall<T> call, int dimension, int[] places, bool keepsAxis)
    {
        SampleLayout layout = call.Value.Layout;
        int size = layout.Size(dimension);
        if (places.Length == 0)
        {
            throw call.Node.Refuse("it takes no place at all");
        }

        if (!keepsAxis)
        {
            // The axis has one place, and none of its own then.
            SampleValue<T> kept = Take(call, dimension, places, keepsAxis: true);
            return kept with
            {
                Layout = kept.Layout.Transposed(Enumerable.Range(0, layout.Rank).Where(d => d != dimension)),
            };
        }

        if (places.SequenceEqual(Enumerable.Range(0, size)))
        {
            return call.Result;
        }

        int[] others = [.. Enumerable.Range(0, layout.Rank).Where(d => d != dimension)];
        if (places.Length > Axis.MostNumbers / Math.Max(1, Axis.Product(layout.Along(others))))
        {
            throw call.Node.Refuse($"its output has more than {Axis.MostNumbers} numbers");
        }

        Axis[][] around = layout.Groups(others);
        call.Arrange([layout.Along(dimension), .. around]);
        int rest = Axis.Product(around.SelectMany(axes => axes));
        var shape = new FeatureShape([places.Length, .. around.Select(Axis.Product)]);
        Axis[] taken = Axis.Of(places.Length);
        if (dimension == layout.ChannelDimension)
        {
            Axis.OfChannels(taken);
        }

        var order = AxisOrder.Fixed([.. taken, .. around.SelectMany(axes => axes)], shape);
        return new(
            call.Node.Output,
            layout.With(order, d => d == dimension ? taken : layout.Along(d)),
            Part(call, Runs(places), rest));
    }

    /// <summary>Some features of each sample.</summary>
    public static GraphValue ArrayFeatureExtractor(OperatorCall<T> call) =>
        Gather(call, call.Value.Rank - 1, keepsAxis: true);

    private static SampleValue<T> Gather(OperatorCall<T> call, long axis, bool keepsAxis)
    {
        OnnxNode node = call.Node;
        call.RequireFirstInput();
        call.RequireKnown();
        int dimension = call.Dimension(axis);
        int size = call.Value.Layout.Size(dimension);
        if (call.Integers(1) is not { } indices || call.Graph.Constant(node.Input(1))!.Dimensions.Count > 2)
        {
            throw node.Refuse("its indices are no constant of whole numbers");
        }

        if (indices.FirstOrDefault(index => index < -size || index >= size) is not 0 and var outside)
        {
            throw node.Refuse($"it takes place {outside} of {size}");
        }

        int[] places = [.. indices.Select(index => (int)(index < 0 ? index + size : index))];
        IReadOnlyList<long> sizes = call.Graph.Constant(node.Input(1))!.Dimensions;
        SampleValue<T> taken = Take(call, dimension, places, keepsAxis || sizes.Count > 0);
        return keepsAxis || sizes.Count < 2 ? taken : Divided(call, taken, dimension, sizes);
    }

    // Indices of several dimensions give as many in place of the one.
    private static SampleValue<T> Divided(
        OperatorCall<T> call, SampleValue<T> value, int dimension, IReadOnlyList<long> sizes)
    {
        SampleLayout layout = value.Layout;
        IEnumerable<ShapeNumber> Of(int d) => d == dimension
            ? sizes.Select(size => new ShapeNumber(size))
            : [new(layout.Size(d), layout.SamplesDimension == d)];
        ShapeNumber[] shape = [.. Enumerable.Range(0, layout.Rank).SelectMany(Of)];
        return new Reshaping(layout, call.Graph.DeclaredBatch).To(shape) is { } divided
            ? value with { Layout = divided }
            : throw call.Node.Refuse($"its indices give {layout} more dimensions than can be");
    }

    private static NetworkPart<T> Part(OperatorCall<T> call, List<(int Start, int Count)> runs, int rest)
    {
        if (runs.Count > MostRuns)
        {
            throw call.Node.Refuse($"it takes places in {Quantity.Of(runs.Count, "range")}; at most {MostRuns} can be");
        }

        NetworkPart<T>[] ranges =
        [
            .. runs.Select(run => new RangePart<T>(() => run.Start * rest, () => run.Count * rest, call.Value.End)),
        ];
        return ranges is [{ } only]
            ? only
            : new MergePart<T>(
                call.Node,
                Merge.Concatenation,
                [.. runs.Select(run => (Func<FeatureShape>)(() => run.Count * rest))],
                ranges);
    }

    private static List<(int Start, int Count)> Runs(int[] places)
    {
        var runs = new List<(int Start, int Count)>();
        foreach (int place in places)
        {
            if (runs is [.., var last] && place == last.Start + last.Count)
            {
                runs[^1] = (last.Start, last.Count + 1);
            }
            else
            {
                runs.Add((place, 1));
            }
        }

        return runs;
    }
}
