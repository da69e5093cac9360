using System.Numerics;
using NeuralNet.Convolutions;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads images and sequences made larger by whole factors.</summary>
internal static class ResizeReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MostFactor = 1 << 16;

    // Before, the places of pixels were those of the input times the factor.
    private const int CoordinatesSince = 11;

    public static GraphValue Read(OperatorCall<T> call)
    {
        OnnxNode node = call.Node;
        call.RequireFirstInput();
        FeatureShape image = call.ChannelsLast();
        int[] factors = Factors(call);
        bool isLinear = node.Text("mode", "nearest") == "linear";
        string coordinates = node.Text("coordinate_transformation_mode", "half_pixel");
        bool isKnown = isLinear ? coordinates is "half_pixel" or "pytorch_half_pixel" : IsNearest(node, coordinates);
        bool isOld = node.Operation == "Upsample" || call.Graph.Opset < CoordinatesSince;
        if (isLinear ? !isKnown || isOld : !isKnown && !isOld)
        {
            throw node.Refuse(
                $"its mode is {node.Text("mode", "nearest")} with {coordinates}; known are nearest, each pixel "
                + "repeated, and linear with half_pixel");
        }

        int axes = image.Rank - 1;
        int[] counts = [.. Enumerable.Range(0, axes).Select(i => checked(image[i] * factors[i]))];
        var factor = new HeightWidth(factors[0], axes > 1 ? factors[1] : 1);
        call.Add(new SimplePlan<T>(
            node,
            shape => new UpSampling<T>(shape, factor, isLinear ? Interpolation.Bilinear : Interpolation.Nearest),
            image));
        return ImageReader<T>.Output(call, counts, call.Value.Layout.Along(1), image.Channels);
    }

    // Whole factors repeat each pixel, however a place between two of them is rounded.
    private static bool IsNearest(OnnxNode node, string coordinates) =>
        node.Text("mode", "nearest") == "nearest"
        && (coordinates, node.Text("nearest_mode", "round_prefer_floor")) is ("asymmetric", "floor")
            or ("half_pixel" or "pytorch_half_pixel", "round_prefer_floor" or "round_prefer_ceil");

    // By factors or by sizes; those of samples and channels are 1.
    private static int[] Factors(OperatorCall<T> call)
    {
        OnnxNode node = call.Node;
        SampleLayout layout = call.Value.Layout;
        int index = node.Operation == "Upsample" || call.Graph.Opset < CoordinatesSince ? 1 : 2;
        double[] factors;
        if (node.Floats("scales") is { Count: > 0 } attribute)
        {
            factors = [.. attribute.Select(value => (double)value)];
        }
        else if (call.Graph.Constant(node.Input(index)) is { Problem: null, Count: > 0 } scales)
        {
            factors = scales.ToArray();
        }
        else if (call.Shapes.Input(node, 3) is { } sizes && sizes.Numbers.Count == layout.Rank)
        {
            factors = [.. sizes.Numbers.Select((size, d) =>
                layout.SamplesDimension == d ? (size.IsBatch ? 1 : 0) : size.Value / (double)layout.Size(d))];
        }
        else
        {
            throw node.Refuse("its scales or sizes are no constants for all axes");
        }

        return factors.Length == layout.Rank && factors[0] == 1 && factors[1] == 1
            && Array.TrueForAll(factors, factor => double.IsInteger(factor) && factor is >= 1 and <= MostFactor)
            ? [.. factors.Skip(2).Select(factor => (int)factor)]
            : throw node.Refuse(
                $"it makes the axes [{string.Join(", ", factors.Take(8))}] times as long; only whole factors of height "
                + "and width, or of the steps, can be represented");
    }
}
