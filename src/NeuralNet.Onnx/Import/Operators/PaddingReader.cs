using System.Numerics;
using NeuralNet.Convolutions;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>
/// Reads zeros that are added around a value, or places cut off: zeros around an image become the padding of the
/// convolution or the pooling behind them, all others a layer.
/// </summary>
internal static class PaddingReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int PadsAreInputSince = 11;
    private const int Most = 1 << 28;

    public static GraphValue Read(OperatorCall<T> call)
    {
        OnnxNode node = call.Node;
        call.RequireFirstInput();
        call.RequireKnown();
        bool isOld = call.Graph.Opset < PadsAreInputSince;
        string mode = node.Text("mode", "constant");
        double? filling = isOld ? node.Float("value", 0)
            : node.Input(2) is null ? 0 : call.Graph.Number(node.Input(2));
        if (mode != "constant" || filling != 0)
        {
            throw node.Refuse("it adds something else than zeros");
        }

        (int Before, int After)[] pads = Pads(call, isOld);
        bool isOfImage = call.Value.Rank is 3 or 4 && call.Value.Layout.IsBatchFirst
            && pads is [_, (0, 0), ..] && pads.All(pad => pad is { Before: >= 0, After: >= 0 });
        if (isOfImage && call.Graph.OnlyConsumer(node.Output)?.Operation is "Conv" or "MaxPool" or "AveragePool")
        {
            return call.Result with
            {
                Zeros = [.. pads.Skip(2).Select(pad => pad.Before), .. pads.Skip(2).Select(pad => pad.After)],
            };
        }

        SampleValue<T> value = call.Value;
        for (int d = 0; d < pads.Length; d++)
        {
            value = Cut(call.On(value), d, pads[d]);
        }

        return AddZeros(call.On(value), pads);
    }

    // Numbers below 0 cut places off.
    private static SampleValue<T> Cut(OperatorCall<T> call, int dimension, (int Before, int After) pad)
    {
        int size = call.Value.Layout.Size(dimension);
        int first = Math.Max(0, -pad.Before);
        int end = size - Math.Max(0, -pad.After);
        return first == 0 && end == size ? call.Value
            : first < end
            ? RangeReader<T>.Take(call, dimension, [.. Enumerable.Range(first, end - first)], keepsAxis: true)
            : throw call.Node.Refuse($"it leaves nothing of axis {dimension}");
    }

    private static SampleValue<T> AddZeros(OperatorCall<T> call, (int Before, int After)[] pads)
    {
        SampleLayout layout = call.Value.Layout;
        int[] padded = [.. Enumerable.Range(0, pads.Length).Where(d => pads[d].Before > 0 || pads[d].After > 0)];
        if (padded.Length == 0)
        {
            return call.Result;
        }

        if (padded.Length > 2)
        {
            throw call.Node.Refuse("it adds zeros along more than two axes");
        }

        // The padded axes are height and width, and all else the channels; a single one are steps.
        int[] others = [.. Enumerable.Range(0, layout.Rank).Except(padded)];
        Axis[][] groups = [.. padded.Select(layout.Along), layout.Along(others)];
        call.Arrange(groups);
        var shape = new FeatureShape([.. groups.Select(Axis.Product)]);
        (int top, int bottom) = (Math.Max(0, pads[padded[0]].Before), Math.Max(0, pads[padded[0]].After));
        (int left, int right) = padded.Length == 1 ? (0, 0)
            : (Math.Max(0, pads[padded[1]].Before), Math.Max(0, pads[padded[1]].After));
        double size = (shape[0] + (double)top + bottom) * (padded.Length == 1 ? 1 : shape[1] + (double)left + right)
            * shape.Channels;
        if (size > Axis.MostNumbers)
        {
            throw call.Node.Refuse($"its output has more than {Axis.MostNumbers} numbers");
        }

        var padding = new Padding(top, bottom, left, right);
        call.Add(new SimplePlan<T>(call.Node, taken => new ZeroPadding<T>(taken, padding), shape));
        Axis[][] enlarged =
        [
            .. padded.Select(d => Axis.Of(
                layout.Size(d) + (long)Math.Max(0, pads[d].Before) + Math.Max(0, pads[d].After))),
        ];
        Axis[] channels = groups[^1];
        var order = AxisOrder.Fixed(
            [.. enlarged.SelectMany(axes => axes), .. channels],
            new FeatureShape([.. enlarged.Select(Axis.Product), Axis.Product(channels)]));
        return call.ResultWith(layout.With(
            order, d => Array.IndexOf(padded, d) is >= 0 and int place ? enlarged[place] : layout.Along(d)));
    }

    private static (int Before, int After)[] Pads(OperatorCall<T> call, bool isOld)
    {
        OnnxNode node = call.Node;
        int rank = call.Value.Rank;
        IReadOnlyList<long> pads = (isOld ? node.Ints("pads") : call.Integers(1))
            ?? throw node.Refuse("its 'pads' is no constant of whole numbers");
        int[] axes = [.. Enumerable.Range(0, rank)];
        if (!isOld && node.Input(3) is not null)
        {
            axes = [.. (call.Integers(3) ?? throw node.Refuse("its axes are no constant")).Select(call.Dimension)];
        }

        if (pads.Count != 2 * axes.Length || pads.Any(pad => Math.Abs((double)pad) > Most))
        {
            throw node.Refuse($"its 'pads' has {pads.Count} numbers up to {pads.Max()} for {axes.Length} axes");
        }

        var all = new (int Before, int After)[rank];
        for (int i = 0; i < axes.Length; i++)
        {
            all[axes[i]] = ((int)pads[i], (int)pads[axes.Length + i]);
        }

        return call.Value.Layout.SamplesDimension is >= 0 and int samples && all[samples] != (0, 0)
            ? throw node.Refuse("it adds samples")
            : all;
    }
}
