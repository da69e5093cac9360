using System.Numerics;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Onnx.Export;

/// <summary>
/// Writes layers for images in double with operators that ONNX Runtime has for it, unlike Conv, AveragePool and their
/// like: a convolution is the sum, over the elements of its kernel, of strided ranges of the image times matrices.
/// </summary>
/// <remarks>Values are samples × height × width × channels meanwhile; a sequence has the width 1.</remarks>
internal sealed class DoubleImageWriter<T>(OnnxGraph graph)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly long[] _places = [1, 2];

    /// <summary>Writes a layer; null if it is written as in float.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The name of its input, samples × features with the channels last.</param>
    /// <returns>The name of its output in the same form, before an activation.</returns>
    public string? Write(Layer<T> layer, string input)
    {
        string? image = layer switch
        {
            Convolution<T> convolution => WriteConvolution(convolution, Image(layer, input)),
            TransposedConvolution<T> convolution => WriteTransposedConvolution(convolution, Image(layer, input)),
            AveragePooling<T> pooling => WriteAveragePooling(pooling, Image(layer, input)),
            UpSampling<T> upSampling => WriteUpSampling(upSampling, Image(layer, input)),
            GlobalMaxPooling<T> => graph.Node(
                "ReduceMax", [Image(layer, input)], OnnxAttribute.Ints("axes", _places)),
            GlobalAveragePooling<T> => graph.Node(
                "ReduceMean", [Image(layer, input)], OnnxAttribute.Ints("axes", _places)),
            _ => null,
        };
        return image is null ? null : Reshape(image, [-1, layer.OutputShape.Size]);
    }

    private static HeightWidth Size(FeatureShape shape) => new(shape[0], shape.Rank == 2 ? 1 : shape[1]);

    private string WriteConvolution(Convolution<T> layer, string image)
    {
        int channels = layer.InputShape.Channels / layer.Groups;
        int filters = layer.Filters / layer.Groups;
        string sum = Windows(
            Padded(image, layer.Padding),
            layer.OutputShape,
            layer.KernelSize,
            layer.Stride,
            layer.Dilation,
            (range, element) =>
            {
                double[] matrix = new double[layer.InputShape.Channels * layer.Filters];
                for (int filter = 0; filter < layer.Filters; filter++)
                {
                    for (int c = 0; c < channels; c++)
                    {
                        int channel = (filter / filters * channels) + c;
                        matrix[(channel * layer.Filters) + filter] =
                            double.CreateChecked(layer.Weights.Value[filter, (element * channels) + c]);
                    }
                }

                return Product(range, matrix, layer.InputShape.Channels);
            });
        return Biased(sum, layer.Biases);
    }

    // Zeros between the pixels and around them, and then a convolution whose kernel is turned round.
    private string WriteTransposedConvolution(TransposedConvolution<T> layer, string image)
    {
        HeightWidth size = Size(layer.InputShape);
        HeightWidth output = Size(layer.OutputShape);
        (HeightWidth stride, HeightWidth kernel) = (layer.Stride, layer.KernelSize);
        int inputs = layer.InputShape.Channels;
        string apart = Reshape(image, [-1, size.Height, 1, size.Width, 1, inputs]);
        string stuffed = Reshape(
            Pad(apart, [0, 0, 0, 0, 0, 0, 0, 0, stride.Height - 1, 0, stride.Width - 1, 0]),
            [-1, size.Height * stride.Height, size.Width * stride.Width, inputs]);
        int height = (kernel.Height - 1) * layer.Dilation.Height;
        int width = (kernel.Width - 1) * layer.Dilation.Width;
        (int top, int left) = (height - layer.Padding.Top, width - layer.Padding.Left);
        string padded = Pad(
            stuffed,
            [
                0, top, left, 0,
                0,
                output.Height + height - top - (size.Height * stride.Height),
                output.Width + width - left - (size.Width * stride.Width),
                0,
            ]);
        int elements = kernel.Height * kernel.Width;
        int filters = layer.Filters / layer.Groups;
        int channels = inputs / layer.Groups;
        string sum = Windows(
            padded,
            layer.OutputShape,
            kernel,
            new(1, 1),
            layer.Dilation,
            (range, element) =>
            {
                double[] matrix = new double[inputs * layer.Filters];
                for (int channel = 0; channel < inputs; channel++)
                {
                    for (int f = 0; f < filters; f++)
                    {
                        int filter = (channel / channels * filters) + f;
                        matrix[(channel * layer.Filters) + filter] = double.CreateChecked(
                            layer.Weights.Value[channel, ((elements - 1 - element) * filters) + f]);
                    }
                }

                return Product(range, matrix, inputs);
            });
        return Biased(sum, layer.Biases);
    }

    private string WriteAveragePooling(AveragePooling<T> layer, string image)
    {
        string sum = Windows(
            Padded(image, layer.Padding),
            layer.OutputShape,
            layer.PoolSize,
            layer.Stride,
            new(1, 1),
            (range, _) => range);
        HeightWidth size = Size(layer.InputShape);
        HeightWidth output = Size(layer.OutputShape);
        double[] counts = new double[output.Height * output.Width];
        for (int i = 0; i < counts.Length; i++)
        {
            (int y, int x) = int.DivRem(i, output.Width);
            counts[i] = layer.CountPadding
                ? layer.PoolSize.Height * layer.PoolSize.Width
                : Within(y * layer.Stride.Height, layer.PoolSize.Height, layer.Padding.Top, size.Height)
                * Within(x * layer.Stride.Width, layer.PoolSize.Width, layer.Padding.Left, size.Width);
        }

        return graph.Node("Div", [sum, graph.Constant("counts", counts, output.Height, output.Width, 1)]);

        static int Within(int start, int length, int padding, int size) =>
            Math.Min(start + length, padding + size) - Math.Max(start, padding);
    }

    // Each row of the output from rows of the input, and then each column likewise, by matrices.
    private string WriteUpSampling(UpSampling<T> layer, string image)
    {
        HeightWidth size = Size(layer.InputShape);
        HeightWidth output = Size(layer.OutputShape);
        bool isBilinear = layer.Interpolation == Interpolation.Bilinear;
        int channels = layer.InputShape.Channels;
        string rows = graph.Node(
            "MatMul",
            [
                graph.Constant(
                    "rows", Weights(size.Height, layer.Factor.Height, isBilinear), output.Height, size.Height),
                Reshape(image, [-1, size.Height, size.Width * channels]),
            ]);
        return size.Width * layer.Factor.Width == 1 ? rows : graph.Node(
            "MatMul",
            [
                graph.Constant(
                    "columns", Weights(size.Width, layer.Factor.Width, isBilinear), output.Width, size.Width),
                Reshape(rows, [-1, output.Height, size.Width, channels]),
            ]);
    }

    private static double[] Weights(int size, int factor, bool isBilinear)
    {
        double[] weights = new double[size * factor * size];
        for (int i = 0; i < size * factor; i++)
        {
            double place = isBilinear ? Math.Clamp(((i + 0.5) / factor) - 0.5, 0, size - 1) : i / factor;
            int first = (int)place;
            weights[(i * size) + first] += 1 - (place - first);
            weights[(i * size) + Math.Min(first + 1, size - 1)] += place - first;
        }

        return weights;
    }

    // The sum over the elements of a window of what is made of the range that each of them sees.
    private string Windows(
        string image,
        FeatureShape outputShape,
        HeightWidth window,
        HeightWidth stride,
        HeightWidth dilation,
        Func<string, int, string> term)
    {
        HeightWidth output = Size(outputShape);
        string steps = graph.Integers("steps", [stride.Height, stride.Width]);
        string axes = graph.Integers("axes", _places);
        string? sum = null;
        for (int element = 0; element < window.Height * window.Width; element++)
        {
            (int row, int column) = int.DivRem(element, window.Width);
            (int y, int x) = (row * dilation.Height, column * dilation.Width);
            long[] ends = [y + ((output.Height - 1) * stride.Height) + 1, x + ((output.Width - 1) * stride.Width) + 1];
            string range = graph.Node(
                "Slice", [image, graph.Integers("starts", [y, x]), graph.Integers("ends", ends), axes, steps]);
            string part = term(range, element);
            sum = sum is null ? part : graph.Node("Add", [sum, part]);
        }

        return sum!;
    }

    private string Product(string range, double[] matrix, int channels) =>
        graph.Node("MatMul", [range, graph.Constant("weights", matrix, channels, matrix.Length / channels)]);

    private string Biased(string value, Parameter<T>? biases) =>
        biases is null ? value : graph.Node("Add", [value, graph.Constant(biases)]);

    private string Padded(string image, Padding padding) =>
        Pad(image, [0, padding.Top, padding.Left, 0, 0, padding.Bottom, padding.Right, 0]);

    private string Pad(string value, long[] pads) =>
        Array.TrueForAll(pads, pad => pad == 0) ? value : graph.Node("Pad", [value, graph.Integers("pads", pads)]);

    private string Image(Layer<T> layer, string input)
    {
        HeightWidth size = Size(layer.InputShape);
        return Reshape(input, [-1, size.Height, size.Width, layer.InputShape.Channels]);
    }

    private string Reshape(string value, long[] shape) =>
        graph.Node("Reshape", [value, graph.Integers("shape", shape)]);
}
