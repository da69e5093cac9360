using System.Numerics;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads convolutions and poolings of images and sequences.</summary>
internal static class ImageReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static GraphValue Convolution(OperatorCall call, LayerChain<T> layers)
    {
        OnnxNode node = call.Node;
        call.RequireFirstInput();
        FeatureShape image = call.ChannelsLast(layers);
        ConstantTensor weights = call.Constant(1);
        long groups = node.Int("group", 1);
        if (weights.Dimensions.Count != call.Value.Rank || weights.Count == 0)
        {
            throw node.Damaged($"its weights {weights} are no kernel for {call.Value.Rank} dimensions");
        }

        (long filters, long channels) = (weights.Dimensions[0], weights.Dimensions[1]);
        if (groups < 1 || channels != image.Channels / (double)groups || filters % groups != 0)
        {
            throw node.Damaged(
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

        layers.Add(convolution);
        return Output(call, windows.Counts, filterAxis, Shape(call, windows.Counts, (int)filters));
    }

    public static GraphValue MaxPool(OperatorCall call, LayerChain<T> layers)
    {
        // Zeros in a maximum are no padding, unless nothing is below them.
        if (call.Value.Zeros is not null && !layers.IsNotNegative)
        {
            throw call.Node.Refuse(
                "zeros are added before it, which would count in the maximum; only behind an activation without "
                + "numbers below 0 can that be represented");
        }

        return Pool(
            call, layers, (shape, windows) => new MaxPooling<T>(shape, windows.Size, windows.Stride, windows.Padding));
    }

    public static GraphValue AveragePool(OperatorCall call, LayerChain<T> layers)
    {
        bool countsPadding = call.Node.Int("count_include_pad", 0) != 0;
        return Pool(call, layers, (shape, windows) => new AveragePooling<T>(
            shape, windows.Size, windows.Stride, windows.Padding, countsPadding || call.Value.Zeros is not null));
    }

    public static GraphValue GlobalMaxPool(OperatorCall call, LayerChain<T> layers) =>
        Global(call, layers, shape => new GlobalMaxPooling<T>(shape));

    public static GraphValue GlobalAveragePool(OperatorCall call, LayerChain<T> layers) =>
        Global(call, layers, shape => new GlobalAveragePooling<T>(shape));

    public static GraphValue ReduceMax(OperatorCall call, LayerChain<T> layers) =>
        Reduce(call, layers, shape => new GlobalMaxPooling<T>(shape));

    public static GraphValue ReduceMean(OperatorCall call, LayerChain<T> layers) =>
        Reduce(call, layers, shape => new GlobalAveragePooling<T>(shape));

    /// <summary>Zeros around images, which become the padding of the convolution or the pooling behind them.</summary>
    public static GraphValue Pad(OperatorCall call, LayerChain<T> layers)
    {
        const int PadsAreInputSince = 11;
        OnnxNode node = call.Node;
        call.RequireFirstInput();
        SampleLayout image = call.Image();
        bool isOld = call.Graph.Opset < PadsAreInputSince;
        string mode = node.Text("mode", "constant");
        double? filling = isOld ? node.Float("value", 0) : node.Input(2) is null ? 0 : call.Graph.Number(node.Input(2));
        if (mode != "constant" || filling != 0)
        {
            throw node.Refuse("it adds something else than zeros around the image");
        }

        if (call.Graph.OnlyConsumer(node.Output)?.Operation is not ("Conv" or "MaxPool" or "AveragePool"))
        {
            throw node.Refuse("only before a convolution or a pooling, as its padding, can zeros be added");
        }

        IReadOnlyList<long> pads = Pads(call, isOld, 2 * image.Rank);
        for (int i = 0; i < pads.Count; i++)
        {
            bool isOfPlaces = i % image.Rank >= 2;
            if (pads[i] < 0 || pads[i] > (isOfPlaces ? 1 << 28 : 0))
            {
                throw node.Refuse(
                    $"its 'pads' has the number {pads[i]} for axis {i % image.Rank}; only zeros along height and width "
                    + "can be added");
            }
        }

        int[] zeros = [.. pads.Where((_, i) => i % image.Rank >= 2).Select(pad => (int)pad)];
        return call.Result with { Zeros = zeros };
    }

    private static IReadOnlyList<long> Pads(OperatorCall call, bool isOld, int count)
    {
        IReadOnlyList<long>? pads = isOld ? call.Node.Ints("pads")
            : call.Node.Input(3) is null
            && call.Graph.Constant(call.Node.Input(1)) is { Problem: null, IsInteger: true } constant
            && constant.Count == count
            ? [.. Enumerable.Range(0, count).Select(constant.Integer)]
            : throw call.Node.Refuse($"its 'pads' is no constant of {count} whole numbers");
        return pads?.Count == count ? pads : throw call.Node.Damaged($"its 'pads' has not {count} numbers");
    }

    private static GraphValue Pool(OperatorCall call, LayerChain<T> layers, Func<FeatureShape, Windows, Layer<T>> make)
    {
        OnnxNode node = call.Node;
        call.RequireFirstInput();
        call.RequireSingleResult();
        FeatureShape image = call.ChannelsLast(layers);
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

        layers.Add(new SimplePlan<T>(node, shape => make(shape, windows), image));
        return Output(
            call, windows.Counts, call.Value.Layout!.Along(1), Shape(call, windows.Counts, image.Channels));
    }

    private static GraphValue Global(OperatorCall call, LayerChain<T> layers, Func<FeatureShape, Layer<T>> make)
    {
        call.RequireFirstInput();
        FeatureShape image = call.ChannelsLast(layers);
        layers.Add(new SimplePlan<T>(call.Node, make, image));
        return Output(call, [.. Enumerable.Repeat(1, image.Rank - 1)], call.Value.Layout!.Along(1), image.Channels);
    }

    // Over all places of images or sequences, wherever their channels are.
    private static GraphValue Reduce(OperatorCall call, LayerChain<T> layers, Func<FeatureShape, Layer<T>> make)
    {
        const int AxesAreInputSince = 18;
        OnnxNode node = call.Node;
        call.RequireFirstInput();
        SampleLayout image = call.Image();
        int[] places = [.. (call.Axes(AxesAreInputSince) ?? []).Select(call.Dimension).Distinct()];
        int[] others = [.. Enumerable.Range(1, image.Rank - 1).Except(places)];
        if (others is not [int channels])
        {
            throw node.Refuse(
                $"it works along {places.Length} of the {image.Rank - 1} dimensions beside the samples; only height "
                + "and width, or the steps, leaving the channels, can be represented");
        }

        FeatureShape shape = call.Arrange(layers, [.. places.Order().Select(image.Along), image.Along(channels)]);
        layers.Add(new SimplePlan<T>(node, make, shape));
        Axis[] axes = image.Along(channels);
        bool keepsDimensions = node.Int("keepdims", 1) != 0;
        return call.Value.WithLayout(
            node.Output,
            new(
                AxisOrder.Fixed(axes, shape.Channels),
                keepsDimensions
                    ? [.. Enumerable.Range(0, image.Rank).Select(d => d == channels ? axes : [])]
                    : [[], axes]));
    }

    private static FeatureShape Shape(OperatorCall call, IReadOnlyList<int> counts, int channels)
    {
        long size = channels;
        foreach (int count in counts)
        {
            size = size <= Array.MaxLength / count
                ? size * count
                : throw call.Node.Refuse("its output has more numbers than an array can hold");
        }

        return new([.. counts, channels]);
    }

    // A place for each window, and there the channels: last in the network, first in the file.
    private static GraphValue Output(OperatorCall call, IReadOnlyList<int> counts, Axis[] channels, FeatureShape shape)
    {
        Axis[][] places = [.. counts.Select(count => Axis.Of(count))];
        AxisOrder order = AxisOrder.Fixed([.. places.SelectMany(place => place), .. channels], shape);
        return call.Value.WithLayout(call.Node.Output, new(order, [[], channels, .. places]));
    }
}
