using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Extensibility.Tests;

/// <summary>aᵢ = gᵢ·xᵢ with gains that begin as 1, and with one mistake.</summary>
internal sealed class Gain : Layer<double>
{
    private readonly Mistake _mistake;
    private readonly Parameter<double> _gain;
    private readonly Random _random = new(1);
    private double[] _remembered = [];

    public Gain(int size, Mistake mistake)
        : base("gain", size, size)
    {
        _mistake = mistake;
        _gain = AddParameter("gain", [size], new Constant(1));
    }

    public enum Mistake
    {
        None,

        /// <summary>∂L/∂x without the gain.</summary>
        Forgotten,

        /// <summary>∂L/∂g is written only where ∂L/∂x is wanted, which in the first layer it is not.</summary>
        OnlyWithInputGradient,

        /// <summary>The input is remembered in a field, where another thread's pass overwrites it.</summary>
        RemembersInField,

        /// <summary>Noise that does not come from the context.</summary>
        OwnRandomness,
    }

    public override void Forward(
        ReadOnlyMatrixSpan<double> input, MatrixSpan<double> output, ForwardContext<double> context)
    {
        _remembered = input.Values.ToArray();
        for (int j = 0; j < input.Columns; j++)
        {
            for (int i = 0; i < input.Rows; i++)
            {
                double noise = _mistake == Mistake.OwnRandomness ? _random.NextDouble() : 0;
                output[i, j] = (_gain.Values[i] * input[i, j]) + noise;
            }
        }
    }

    public override void Backward(
        ReadOnlyMatrixSpan<double> input,
        ReadOnlyMatrixSpan<double> output,
        MatrixSpan<double> outputGradient,
        MatrixSpan<double> inputGradient,
        BackwardContext<double> context)
    {
        if (_mistake == Mistake.OnlyWithInputGradient && inputGradient.IsEmpty)
        {
            return;
        }

        Span<double> gainGradient = context.Gradient(_gain).Values;
        gainGradient.Clear();
        for (int j = 0; j < input.Columns; j++)
        {
            for (int i = 0; i < input.Rows; i++)
            {
                double x = _mistake == Mistake.RemembersInField ? _remembered[(j * input.Rows) + i] : input[i, j];
                gainGradient[i] += outputGradient[i, j] * x;
                if (!inputGradient.IsEmpty)
                {
                    inputGradient[i, j] = outputGradient[i, j] * (_mistake == Mistake.Forgotten ? 1 : _gain.Values[i]);
                }
            }
        }
    }
}
