using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Assembly;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads operators that join several values.</summary>
internal static class JoinReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Features behind features: along axis 1 of values of two dimensions.</summary>
    public static GraphValue FeatureVectorizer(OperatorCall<T> call) => Concatenate(call, 1);

    public static GraphValue Concatenate(OperatorCall<T> call) => Concatenate(call, call.Node.Int("axis", 1));

    /// <summary>A value that a merge makes of several, element by element.</summary>
    /// <param name="call">The operator.</param>
    /// <param name="merge">The merge.</param>
    /// <param name="calls">The operator on each of the values.</param>
    public static SampleValue<T> Merged(OperatorCall<T> call, Merge merge, params IReadOnlyList<OperatorCall<T>> calls)
    {
        SampleLayout layout = Broadcasting.Align(calls);
        Func<FeatureShape> shape = () => layout.Order.Shape!;
        return new SampleValue<T>(
            call.Node.Output,
            layout,
            new MergePart<T>(
                call.Node, merge, [.. calls.Select(_ => shape)], [.. calls.Select(one => one.Value.End)]));
    }

    private static SampleValue<T> Concatenate(OperatorCall<T> call, long axis)
    {
        OnnxNode node = call.Node;
        int dimension = call.Dimension(axis);
        OperatorCall<T>[] calls = [.. call.Values.Select(call.On)];
        if (calls.Length < node.Inputs.Count(input => input.Length > 0))
        {
            throw node.Refuse("it joins values and constants, which no layer does");
        }

        if (calls.Length == 1)
        {
            return call.Result;
        }

        // The dimension that is joined is the last in the network, behind the others.
        SampleLayout first = calls[0].Value.Layout;
        int[] others = [.. Enumerable.Range(0, first.Rank).Where(d => d != dimension)];
        var shapes = new List<Func<FeatureShape>>();
        long total = 0;
        foreach (OperatorCall<T> one in calls)
        {
            SampleLayout layout = one.Value.Layout;
            one.RequireKnown();
            if (layout.Rank != first.Rank || layout.SamplesDimension == dimension
                || (layout.SamplesDimension != first.SamplesDimension
                    && layout.SamplesDimension >= 0 && first.SamplesDimension >= 0)
                || others.Any(d => !Axis.Align(first.Along(d), layout.Along(d))))
            {
                throw node.Refuse($"it joins values of {first} and {layout} along axis {dimension}");
            }

            total += layout.Size(dimension);
        }

        int rest = Axis.Product(first.Along(others));
        if (total > Axis.MostNumbers / rest)
        {
            throw node.Refuse($"its output has more than {Axis.MostNumbers} numbers");
        }

        Axis[] joined = Axis.Of(total);
        if (dimension == first.ChannelDimension)
        {
            Axis.OfChannels(joined);
        }

        foreach (OperatorCall<T> one in calls)
        {
            SampleLayout layout = one.Value.Layout;
            Axis[][] groups = [.. layout.Groups(others), layout.Along(dimension)];
            one.Arrange(groups);
            var shape = new FeatureShape([.. groups.Select(Axis.Product)]);
            shapes.Add(() => shape);
        }

        Axis[][] around = first.Groups(others);
        SampleLayout any = calls.FirstOrDefault(one => one.Value.Layout.SamplesDimension >= 0)?.Value.Layout ?? first;
        var order = AxisOrder.Fixed(
            [.. around.SelectMany(axes => axes), .. joined], new([.. around.Select(Axis.Product), (int)total]));
        return new SampleValue<T>(
            node.Output,
            any.With(order, d => d == dimension ? joined : first.Along(d)),
            new MergePart<T>(node, Merge.Concatenation, shapes, [.. calls.Select(one => one.Value.End)]));
    }
}
