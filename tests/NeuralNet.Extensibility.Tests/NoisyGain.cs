using System.Numerics;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Extensibility.Tests;

/// <summary>
/// A layer of one's own: aᵢ = gᵢ·nᵢ·xᵢ + sᵢ with two parameters g and s, and noise n that is drawn anew for every
/// feature and sample of a training step and remembered for the backward pass.
/// </summary>
internal sealed class NoisyGain<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Parameter<T> _gain;
    private readonly Parameter<T> _shift;

    public NoisyGain(int size)
        : base("noisygain", size, size)
    {
        _gain = AddParameter("gain", [size], new Constant(1));
        _shift = AddParameter("shift", [size], new Constant(0));
    }

    public override void RequestMemory(MemoryRequest memory) => memory.Remember(InputSize, memory.Samples);

    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        MatrixSpan<T> noise = context.Remembered(0);
        Random? random = context.IsTraining ? context.Random.CreateGenerator() : null;
        for (int j = 0; j < input.Columns; j++)
        {
            for (int i = 0; i < input.Rows; i++)
            {
                noise[i, j] = random is null ? T.One : T.CreateChecked(0.9 + (0.2 * random.NextDouble()));
                output[i, j] = (_gain.Values[i] * noise[i, j] * input[i, j]) + _shift.Values[i];
            }
        }
    }

    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        MatrixSpan<T> noise = context.Remembered(0);
        Span<T> gainGradient = context.Gradient(_gain).Values;
        Span<T> shiftGradient = context.Gradient(_shift).Values;
        gainGradient.Clear();
        shiftGradient.Clear();
        for (int j = 0; j < input.Columns; j++)
        {
            for (int i = 0; i < input.Rows; i++)
            {
                gainGradient[i] += outputGradient[i, j] * noise[i, j] * input[i, j];
                shiftGradient[i] += outputGradient[i, j];
                if (!inputGradient.IsEmpty)
                {
                    inputGradient[i, j] = outputGradient[i, j] * noise[i, j] * _gain.Values[i];
                }
            }
        }
    }
}
