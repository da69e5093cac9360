using System.Numerics;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads convolutions and poolings of images and sequences.</summary>
internal static class ImageReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static GraphValue Convolution(OperatorCall<T> call)
    {
        OnnxNode node = call.Node;
        call.RequireFirstInput();
        FeatureShape image = call.ChannelsLast();
        ConstantTensor weights = call.Constant(1);
        long groups = node.Int("group", 1);
        if (weights.Dimensions.Count != call.Value.Rank || weights.Count == 0)
        {
            throw node.Refuse($"its weights {weights} are no kernel for {call.Value.Layout}");
        }

        (long filters, long channels) = (weights.Dimensions[0], weights.Dimensions[1]);
        if (groups < 1 || channels != image.Channels / (double)groups || filters % groups != 0)
        {
            throw node.Refuse(
                $"its weights {weights} and its {groups} groups do not fit an input of {image.Channels} channels");
        }

        const int VectorsPerFilter = 3;
        call.Budget.Take(node, weights.Count + (VectorsPerFilter * filters));
        Windows windows = new WindowReader(node, image).Read([.. weights.Dimensions.Skip(2)], call.Value.Zeros);
        Axis[] filterAxis = Axis.Of(filters);
        var convolution = new ConvolutionPlan<T>(node, image, weights, windows, (int)groups, filterAxis);
        if (node.Input(2) is not null)
        {
            convolution.Add(call.Vector(2, (int)filters).ToArray(), 1);
        }

        call.Add(convolution);
        return Output(call, windows.Counts, filterAxis, Shape(call, windows.Counts, (int)filters));
    }

    public static GraphValue MaxPool(OperatorCall<T> call)
    {
        // Zeros in a maximum are no padding, unless nothing is below them.
        if (call.Value.Zeros is not null && !call.IsNotNegative)
        {
            throw call.Node.Refuse(
                "zeros are added before it, which would count in the maximum; only behind an activation without "
                + "numbers below 0 can that be represented");
        }

        return Pool(
            call, (shape, windows) => new MaxPooling<T>(shape, windows.Size, windows.Stride, windows.Padding));
    }

    public static GraphValue AveragePool(OperatorCall<T> call)
    {
        bool countsPadding = call.Node.Int("count_include_pad", 0) != 0;
        return Pool(call, (shape, windows) => new AveragePooling<T>(
            shape, windows.Size, windows.Stride, windows.Padding, countsPadding || call.Value.Zeros is not null));
    }

    public static GraphValue GlobalMaxPool(OperatorCall<T> call) =>
        Global(call, shape => new GlobalMaxPooling<T>(shape));

    public static GraphValue GlobalAveragePool(OperatorCall<T> call) =>
        Global(call, shape => new GlobalAveragePooling<T>(shape));

    private static SampleValue<T> Pool(OperatorCall<T> call, Func<FeatureShape, Windows, Layer<T>> make)
    {
        OnnxNode node = call.Node;
        call.RequireFirstInput();
        call.RequireSingleResult();
        FeatureShape image = call.ChannelsLast();
        var reader = new WindowReader(node, image);
        Windows windows = reader.Read(kernel: null, call.Value.Zeros);
        if (windows.Dilation != new HeightWidth(1, 1))
        {
            throw node.Refuse("it has 'dilations', but the places of a pooling lie next to each other");
        }

        if (call.Value.Zeros is not null && reader.HasOwnPadding && node.Int("count_include_pad", 0) == 0)
        {
            throw node.Refuse("zeros are added before it, which count, and it has 'pads' of its own, which do not");
        }

        call.Add(new SimplePlan<T>(node, shape => make(shape, windows), image));
        return Output(
            call, windows.Counts, call.Value.Layout!.Along(1), Shape(call, windows.Counts, image.Channels));
    }

    private static SampleValue<T> Global(OperatorCall<T> call, Func<FeatureShape, Layer<T>> make)
    {
        call.RequireFirstInput();
        FeatureShape image = call.ChannelsLast();
        call.Add(new SimplePlan<T>(call.Node, make, image));
        int[] counts = [.. Enumerable.Repeat(1, image.Rank - 1)];
        return Output(call, counts, call.Value.Layout.Along(1), (FeatureShape)image.Channels);
    }

    private static FeatureShape Shape(OperatorCall<T> call, IReadOnlyList<int> counts, int channels)
    {
        long size = channels;
        foreach (int count in counts)
        {
            size = size <= Axis.MostNumbers / count
                ? size * count
                : throw call.Node.Refuse($"its output has more than {Axis.MostNumbers} numbers");
        }

        return new([.. counts, channels]);
    }

    /// <summary>
    /// What a layer for images gives: places, and there the channels, which are last in the network, first in the file.
    /// </summary>
    public static SampleValue<T> Output(
        OperatorCall<T> call, IReadOnlyList<int> counts, Axis[] channels, int channelCount) =>
        Output(call, counts, channels, Shape(call, counts, channelCount));

    private static SampleValue<T> Output(
        OperatorCall<T> call, IReadOnlyList<int> counts, Axis[] channels, FeatureShape shape)
    {
        Axis[][] places = [.. counts.Select(count => Axis.Of(count))];
        AxisOrder order = AxisOrder.Fixed(
            [.. places.SelectMany(place => place), .. Axis.OfChannels(channels)], shape);
        int samples = call.Value.Layout.SamplesDimension;
        return call.ResultWith(new(order, [samples < 0 ? [] : [Axis.Samples], channels, .. places]));
    }
}
