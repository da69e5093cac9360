using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Onnx.Export;

/// <summary>
/// Writes convolutions and poolings, whose operators take images with the channels first: samples × channels × height ×
/// width, or samples × channels × steps.
/// </summary>
internal sealed class ImageLayerWriter<T>(OnnxGraph graph)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Writes a layer and gives the name of its output, samples × features with the channels last.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The name of its input, samples × features with the channels last.</param>
    /// <param name="activate">Writes the activation of a layer behind a value.</param>
    public string Write(Layer<T> layer, string input, Func<Layer<T>, string, string> activate)
    {
        string image = ToChannelsFirst(input, layer.InputShape);
        switch (layer)
        {
            case Convolution<T> convolution:
                string z = WriteConvolution(convolution, image);
                bool isByChannel = convolution.Activation is Softmax or LogSoftmax;
                string values = ToChannelsLast(z, layer.OutputShape);
                return isByChannel && layer.OutputShape.Positions > 1
                    ? Reshape(activate(layer, Reshape(values, [-1, convolution.Filters])), [-1, layer.OutputSize])
                    : activate(layer, values);
            case MaxPooling<T> pooling:
                return ToChannelsLast(
                    graph.Node("MaxPool", [image], Window(layer, pooling.PoolSize, pooling.Stride, pooling.Padding)),
                    layer.OutputShape);
            case AveragePooling<T> pooling:
                OnnxAttribute[] window = Window(layer, pooling.PoolSize, pooling.Stride, pooling.Padding);
                return ToChannelsLast(
                    graph.Node(
                        "AveragePool",
                        [image],
                        [.. window, OnnxAttribute.Int("count_include_pad", pooling.CountPadding ? 1 : 0)]),
                    layer.OutputShape);
            case GlobalMaxPooling<T>:
                return Reshape(graph.Node("GlobalMaxPool", [image]), [-1, layer.OutputSize]);
            default:
                return Reshape(graph.Node("GlobalAveragePool", [image]), [-1, layer.OutputSize]);
        }
    }

    private static long[] Axes(Layer<T> layer, HeightWidth size) =>
        layer.InputShape.Rank == 2 ? [size.Height] : [size.Height, size.Width];

    private static OnnxAttribute[] Window(Layer<T> layer, HeightWidth size, HeightWidth stride, Padding padding) =>
    [
        OnnxAttribute.Ints("kernel_shape", Axes(layer, size)),
        OnnxAttribute.Ints("strides", Axes(layer, stride)),
        OnnxAttribute.Ints("pads", Pads(layer, padding)),
    ];

    // The beginnings of all axes, then their ends.
    private static long[] Pads(Layer<T> layer, Padding padding) => layer.InputShape.Rank == 2
        ? [padding.Top, padding.Bottom]
        : [padding.Top, padding.Left, padding.Bottom, padding.Right];

    private string WriteConvolution(Convolution<T> layer, string image)
    {
        string[] parameters =
        [
            Weights(layer),
            .. layer.Biases is { } biases ? [graph.Constant(biases)] : Array.Empty<string>(),
        ];
        return graph.Node(
            "Conv",
            [image, .. parameters],
            [
                .. Window(layer, layer.KernelSize, layer.Stride, layer.Padding),
                OnnxAttribute.Ints("dilations", Axes(layer, layer.Dilation)),
                OnnxAttribute.Int("group", layer.Groups),
            ]);
    }

    // Filters × channels × kernel instead of filters × kernel × channels.
    private string Weights(Convolution<T> layer)
    {
        int channels = layer.Weights.Shape[^1];
        int elements = layer.Weights.Columns / channels;
        double[] values = new double[layer.Weights.Count];
        int next = 0;
        for (int f = 0; f < layer.Filters; f++)
        {
            for (int c = 0; c < channels; c++)
            {
                for (int element = 0; element < elements; element++)
                {
                    values[next++] = double.CreateChecked(layer.Weights.Value[f, (element * channels) + c]);
                }
            }
        }

        return graph.Constant(
            layer.Weights.LocalName, values, [layer.Filters, channels, .. layer.Weights.Shape.Skip(1).SkipLast(1)]);
    }

    private string ToChannelsFirst(string value, FeatureShape shape)
    {
        string image = Reshape(value, [-1, .. shape.Dimensions.Select(size => (long)size)]);
        return graph.Node(
            "Transpose", [image], OnnxAttribute.Ints("perm", shape.Rank == 2 ? [0, 2, 1] : [0, 3, 1, 2]));
    }

    private string ToChannelsLast(string image, FeatureShape shape)
    {
        string last = graph.Node(
            "Transpose", [image], OnnxAttribute.Ints("perm", shape.Rank == 2 ? [0, 2, 1] : [0, 2, 3, 1]));
        return Reshape(last, [-1, shape.Size]);
    }

    private string Reshape(string value, long[] shape) =>
        graph.Node("Reshape", [value, graph.Integers("shape", shape)]);
}
