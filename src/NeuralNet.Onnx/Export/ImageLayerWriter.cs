using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Onnx.Export;

/// <summary>
/// Writes convolutions, poolings and what resizes images, whose operators take images with the channels first: samples
/// × channels × height × width, or samples × channels × steps.
/// </summary>
internal sealed class ImageLayerWriter<T>(OnnxGraph graph)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly DoubleImageWriter<T> _doubles = new(graph);

    /// <summary>Writes a layer and gives the name of its output, samples × features with the channels last.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The name of its input, samples × features with the channels last.</param>
    /// <param name="activate">Writes the activation of a layer behind a value.</param>
    public string Write(Layer<T> layer, string input, Func<Layer<T>, string, string> activate)
    {
        if (graph.IsDouble && _doubles.Write(layer, input) is string output)
        {
            return layer.Activation is null ? output : ActivateByChannel(layer, output, activate);
        }

        string image = ToChannelsFirst(input, layer.InputShape);
        switch (layer)
        {
            case Convolution<T> convolution:
                return ActivateByChannel(
                    layer, ToChannelsLast(WriteConvolution(convolution, image), layer.OutputShape), activate);
            case TransposedConvolution<T> convolution:
                return ActivateByChannel(
                    layer, ToChannelsLast(WriteTransposedConvolution(convolution, image), layer.OutputShape), activate);
            case ZeroPadding<T> { Padding: var padding }:
                return ToChannelsLast(
                    graph.Node("Pad", [image, graph.Integers("pads", ImagePads(layer, padding))]), layer.OutputShape);
            case UpSampling<T> upSampling:
                return ToChannelsLast(WriteUpSampling(upSampling, image), layer.OutputShape);
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

    // Those of all dimensions: samples and channels, which have none, and rows and columns.
    private static long[] ImagePads(Layer<T> layer, Padding padding)
    {
        long[] pads = Pads(layer, padding);
        return [0, 0, .. pads.Take(pads.Length / 2), 0, 0, .. pads.Skip(pads.Length / 2)];
    }

    private string ActivateByChannel(Layer<T> layer, string z, Func<Layer<T>, string, string> activate)
    {
        return layer.Activation is Softmax or LogSoftmax && layer.OutputShape.Positions > 1
            ? Reshape(activate(layer, Reshape(z, [-1, layer.OutputShape.Channels])), [-1, layer.OutputSize])
            : activate(layer, z);
    }

    private string WriteUpSampling(UpSampling<T> layer, string image)
    {
        bool isBilinear = layer.Interpolation == Interpolation.Bilinear;
        double[] scales = [1, 1, .. Axes(layer, layer.Factor)];
        return graph.Node(
            "Resize",
            [image, "", graph.FloatConstant("scales", scales)],
            OnnxAttribute.Text("mode", isBilinear ? "linear" : "nearest"),
            OnnxAttribute.Text("nearest_mode", "floor"),
            OnnxAttribute.Text("coordinate_transformation_mode", isBilinear ? "half_pixel" : "asymmetric"));
    }

    private string WriteTransposedConvolution(TransposedConvolution<T> layer, string image) => graph.Node(
        "ConvTranspose",
        Operands(image, layer.Weights, layer.Biases),
        [
            .. Window(layer, layer.KernelSize, layer.Stride, layer.Padding),
            OnnxAttribute.Ints("dilations", Axes(layer, layer.Dilation)),
            OnnxAttribute.Ints("output_padding", Axes(layer, layer.OutputPadding)),
            OnnxAttribute.Int("group", layer.Groups),
        ]);

    private string WriteConvolution(Convolution<T> layer, string image) => graph.Node(
        "Conv",
        Operands(image, layer.Weights, layer.Biases),
        [
            .. Window(layer, layer.KernelSize, layer.Stride, layer.Padding),
            OnnxAttribute.Ints("dilations", Axes(layer, layer.Dilation)),
            OnnxAttribute.Int("group", layer.Groups),
        ]);

    private string[] Operands(string image, Parameter<T> weights, Parameter<T>? biases) =>
        biases is null ? [image, Weights(weights)] : [image, Weights(weights), graph.Constant(biases)];

    // Filters × channels × kernel instead of filters × kernel × channels; of a transposed convolution, channels first.
    private string Weights(Parameter<T> weights)
    {
        int second = weights.Shape[^1];
        int elements = weights.Columns / second;
        double[] values = new double[weights.Count];
        int next = 0;
        for (int first = 0; first < weights.Rows; first++)
        {
            for (int c = 0; c < second; c++)
            {
                for (int element = 0; element < elements; element++)
                {
                    values[next++] = double.CreateChecked(weights.Value[first, (element * second) + c]);
                }
            }
        }

        return graph.Constant(
            weights.LocalName, values, [weights.Rows, second, .. weights.Shape.Skip(1).SkipLast(1)]);
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
