using System.Numerics;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads means, sums and maxima along axes, as poolings over all places of them.</summary>
internal static class ReductionReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int SumAxesAreInputSince = 13;
    private const int AxesAreInputSince = 18;

    public static GraphValue Max(OperatorCall<T> call) =>
        Reduce(call, AxesAreInputSince, shape => new GlobalMaxPooling<T>(shape)).Value;

    public static GraphValue Mean(OperatorCall<T> call) =>
        Reduce(call, AxesAreInputSince, shape => new GlobalAveragePooling<T>(shape)).Value;

    /// <summary>The mean, times the number of places.</summary>
    public static GraphValue Sum(OperatorCall<T> call)
    {
        (SampleValue<T> mean, int places) =
            Reduce(call, SumAxesAreInputSince, shape => new GlobalAveragePooling<T>(shape));
        return Times(call, mean, places);
    }

    /// <summary>The sum along some dimensions, which stay with size 1.</summary>
    public static SampleValue<T> SumAlong(OperatorCall<T> call, params int[] along)
    {
        (SampleValue<T> mean, int places) =
            Reduce(call, along, keepsDimensions: true, shape => new GlobalAveragePooling<T>(shape));
        return Times(call, mean, places);
    }

    private static SampleValue<T> Times(OperatorCall<T> call, SampleValue<T> value, int factor)
    {
        OperatorCall<T> scaled = call.On(value);
        scaled.Multiply(factor);
        return scaled.Result;
    }

    private static (SampleValue<T> Value, int Places) Reduce(
        OperatorCall<T> call, int inputSince, Func<FeatureShape, Layer<T>> make)
    {
        OnnxNode node = call.Node;
        call.RequireFirstInput();
        call.RequireKnown();
        SampleLayout layout = call.Value.Layout;
        IReadOnlyList<long> named = call.Axes(inputSince) ?? [];
        if (named.Count == 0)
        {
            named = [.. Enumerable.Range(0, node.Int("noop_with_empty_axes", 0) == 0 ? layout.Rank : 0)];
        }

        return Reduce(call, [.. named.Select(call.Dimension).Distinct().Order()], node.Int("keepdims", 1) != 0, make);
    }

    private static (SampleValue<T> Value, int Places) Reduce(
        OperatorCall<T> call, int[] along, bool keepsDimensions, Func<FeatureShape, Layer<T>> make)
    {
        OnnxNode node = call.Node;
        SampleLayout layout = call.Value.Layout;
        int[] others = [.. Enumerable.Range(0, layout.Rank).Except(along)];

        // What is reduced are the places, and all else are their channels.
        Axis[][] places = layout.Groups(along);
        Axis[] channels = layout.Along(others);
        int count = Axis.Product(places.SelectMany(axes => axes));
        AxisOrder order = layout.Order;
        if (count > 1)
        {
            FeatureShape shape = call.Arrange([.. places, channels]);
            bool isImage = shape.Rank is 2 or 3;
            call.Add(new SimplePlan<T>(node, make, isImage ? shape : new(count, Axis.Product(channels))));
            order = AxisOrder.Fixed(channels, Axis.Product(channels));
        }

        SampleLayout reduced = call.Value.Layout.With(order, d => along.Contains(d) ? [] : layout.Along(d));
        return (call.ResultWith(keepsDimensions ? reduced : reduced.Transposed(others)), count);
    }
}
