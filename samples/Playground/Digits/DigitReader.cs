using NeuralNet.Backpropagation;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Serialization;

namespace NeuralNet.Samples.Playground.Digits;

/// <summary>A network that reads a drawing, and what it computes on the way.</summary>
internal sealed class DigitReader
{
    /// <summary>Height and width of what the network sees.</summary>
    public const int Side = 28;

    private readonly Network<float> _network;
    private readonly BackpropagationEngine<float> _engine;
    private readonly Gradients<float> _gradients;
    private float[] _pixels = new float[Side * Side];

    private DigitReader(Network<float> network)
    {
        _network = network;
        _engine = new(network, threads: 1);
        _gradients = Gradients.For(network);
        Layers = [.. network.Layers];
    }

    /// <summary>The network's layers.</summary>
    public IReadOnlyList<Layer<float>> Layers { get; }

    /// <summary>Number of parameters.</summary>
    public long ParameterCount => _network.ParameterCount;

    /// <summary>Number of digits it tells apart.</summary>
    public int Classes => _network.OutputSize;

    /// <summary>Loads a network that was saved by the library, such as by the MNIST sample.</summary>
    /// <exception cref="InvalidDataException">
    /// It is no such file, or the network does not take 28 × 28 pixels.
    /// </exception>
    public static DigitReader Load(byte[] file, string name)
    {
        Network<float> network = Network.Load<float>(new MemoryStream(file), name: name);
        return network.InputSize == Side * Side
            ? new(network)
            : throw new InvalidDataException(
                $"The network in '{name}' takes {network.InputSize} numbers, but a drawing has {Side} x {Side} = "
                + $"{Side * Side}. Drop one that was trained on images of digits, such as by samples/Digits.");
    }

    /// <summary>Reads a drawing of 28 × 28 pixels; returns the probability of each digit.</summary>
    public double[] Read(float[] pixels)
    {
        _pixels = pixels;
        ReadOnlySpan<float> outputs = _engine.Forward(new ReadOnlyMatrixSpan<float>(pixels, pixels.Length, 1)).Values;
        double[] values = [.. outputs.ToArray().Select(output => (double)output)];
        return _network.OutputKind is null or Activations.OutputKind.Real ? Softmax(values) : values;
    }

    /// <summary>The output of a layer for the last drawing.</summary>
    public double[] ActivationsOf(int layer) =>
        [.. _engine.Activations(Layers[layer]).Values.ToArray().Select(a => (double)a)];

    /// <summary>∂output/∂input for each pixel of the drawing that was read last.</summary>
    /// <param name="output">The digit.</param>
    public double[] Sensitivity(int output)
    {
        float[] unit = new float[Classes];
        float[] sensitivity = new float[_pixels.Length];
        unit[output] = 1;
        _engine.Forward(new ReadOnlyMatrixSpan<float>(_pixels, _pixels.Length, 1));
        _engine.Backward(
            new ReadOnlyMatrixSpan<float>(unit, unit.Length, 1),
            _gradients,
            new MatrixSpan<float>(sensitivity, sensitivity.Length, 1));
        return [.. sensitivity.Select(s => (double)s)];
    }

    private static double[] Softmax(double[] logits)
    {
        double most = logits.Max();
        double[] powers = Array.ConvertAll(logits, logit => Math.Exp(logit - most));
        double sum = powers.Sum();
        return Array.ConvertAll(powers, power => power / sum);
    }
}
