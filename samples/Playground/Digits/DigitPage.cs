using System.Runtime.InteropServices.JavaScript;
using NeuralNet.Layers;
using NeuralNet.Samples.Digits.Images;

namespace NeuralNet.Samples.Playground.Digits;

/// <summary>The functions with which the page reads drawings.</summary>
internal static partial class DigitPage
{
    private static DigitReader? _reader;

    private static DigitReader Reader => _reader ?? throw new InvalidOperationException("No network is loaded.");

    /// <summary>Loads a network.</summary>
    /// <param name="file">The bytes of a safetensors file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <returns>
    /// A line with the number of digits and of parameters, then one per layer: name, kind, height, width, channels.
    /// </returns>
    [JSExport]
    internal static string[] Load(byte[] file, string name)
    {
        _reader = DigitReader.Load(file, name);
        return [$"{_reader.Classes}|{_reader.ParameterCount}", .. _reader.Layers.Select(Describe)];
    }

    /// <summary>Centres a drawing as MNIST's digits are; empty if there is nothing in it.</summary>
    /// <param name="ink">The amount of ink of each pixel, from 0 to 255, row after row.</param>
    /// <param name="side">Height and width.</param>
    [JSExport]
    internal static double[] Frame(byte[] ink, int side)
    {
        if (Array.TrueForAll(ink, pixel => pixel == 0))
        {
            return [];
        }

        var image = new GrayImage(side, side, Array.ConvertAll(ink, pixel => pixel / 255f));
        return Array.ConvertAll(DigitFrame.Place(image, DigitReader.Side), pixel => (double)pixel);
    }

    /// <summary>Reads a framed drawing; returns the probability of each digit.</summary>
    [JSExport]
    internal static double[] Read(double[] pixels) => Reader.Read(Array.ConvertAll(pixels, pixel => (float)pixel));

    /// <summary>The output of a layer for the drawing.</summary>
    [JSExport]
    internal static double[] Activations(int layer) => Reader.ActivationsOf(layer);

    /// <summary>∂output/∂input of the drawing that was read last.</summary>
    [JSExport]
    internal static double[] Sensitivity(int output) => Reader.Sensitivity(output);

    private static string Describe(Layer<float> layer)
    {
        IReadOnlyList<int> shape = layer.OutputShape.Dimensions;
        (int height, int width, int channels) = shape.Count == 3
            ? (shape[0], shape[1], shape[2])
            : (1, 1, layer.OutputSize);
        return $"{layer.Name}|{layer.Kind}|{height}|{width}|{channels}";
    }
}
