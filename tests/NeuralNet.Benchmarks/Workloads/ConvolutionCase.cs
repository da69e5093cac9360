using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Benchmarks.Workloads;

/// <summary>The three products of a convolution over a batch of random images, on the calling thread alone.</summary>
internal sealed class ConvolutionCase
{
    private const int Samples = 32;

    private readonly ConvolutionGeometry _geometry;
    private readonly float[] _weights;
    private readonly float[] _biases;
    private readonly float[] _input;
    private readonly float[] _output;
    private readonly float[] _delta;
    private readonly float[] _weightGradient;
    private readonly float[] _inputGradient;

    public ConvolutionCase(ConvolutionShape shape)
    {
        var axis = new WindowAxis(
            shape.Side, shape.Kernel, Stride: 1, Dilation: 1, Before: shape.Padding, After: shape.Padding);
        _geometry = new(axis, axis, shape.Channels, shape.Filters, groups: 1);
        Operations = Samples * shape.Operations;

        var random = new Random(1);
        _weights = RandomNumbers(random, shape.Filters * _geometry.PatchLength);
        _biases = RandomNumbers(random, shape.Filters);
        _input = RandomNumbers(random, Samples * (int)_geometry.Input.ImageSize);
        _delta = RandomNumbers(random, Samples * (int)_geometry.Output.ImageSize);
        _output = new float[_delta.Length];
        _weightGradient = new float[_weights.Length];
        _inputGradient = new float[_input.Length];
    }

    /// <summary>Floating-point operations of each product.</summary>
    public double Operations { get; }

    private ReadOnlyMatrixSpan<float> Weights => new(_weights, _geometry.Filters, _geometry.PatchLength);

    private ReadOnlyMatrixSpan<float> Input => new(_input, _input.Length / Samples, Samples);

    private ReadOnlyMatrixSpan<float> Delta => new(_delta, _delta.Length / Samples, Samples);

    /// <summary>Computes z = W·patch + b.</summary>
    public void Forward() => ConvolutionProduct.Forward(
        _geometry, Weights, _biases, Input, new(_output, _output.Length / Samples, Samples), ForkJoin.Alone);

    /// <summary>Computes ∂L/∂W.</summary>
    public void WeightGradient() => ConvolutionProduct.ParameterGradients(
        _geometry,
        Delta,
        Input,
        new(_weightGradient, _geometry.Filters, _geometry.PatchLength),
        biasGradient: [],
        ForkJoin.Alone);

    /// <summary>Computes ∂L/∂input.</summary>
    public void InputGradient() => ConvolutionProduct.InputGradient(
        _geometry,
        Weights,
        Delta,
        new(_inputGradient, _inputGradient.Length / Samples, Samples),
        ForkJoin.Alone);

    private static float[] RandomNumbers(Random random, int count)
    {
        float[] numbers = new float[count];
        foreach (ref float number in numbers.AsSpan())
        {
            number = random.NextSingle() - 0.5f;
        }

        return numbers;
    }
}
