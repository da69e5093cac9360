using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// Inverted dropout: while training, each number is dropped with probability p and the others are divided by 1 − p, so
/// that their mean stays; when predicting, nothing happens. a = m ⊙ input, ∂L/∂input = m ⊙ ∂L/∂a,
/// where m is 0 or 1/(1 − p).
/// </summary>
/// <remarks>
/// Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, "Dropout: a simple way to prevent neural networks from
/// overfitting" (2014), in the inverted form of PyTorch and Keras; PyTorch's default. What is dropped follows from the
/// trainer's seed, the step and the layer alone.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Dropout<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer.</summary>
    /// <param name="shape">Shape of input and output; an int is a number of features.</param>
    /// <param name="rate">p, at least 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    public Dropout(FeatureShape shape, double rate = 0.5)
        : base("dropout", shape, shape)
    {
        Require.Fraction(rate);
        Rate = rate;
    }

    /// <summary>p, the probability that a number is dropped.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public override bool IsForTrainingOnly => true;

    /// <inheritdoc/>
    public override bool TakesPadding => true;

    /// <inheritdoc/>
    public override void RequestMemory(MemoryRequest memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (memory.HasBackward)
        {
            memory.Remember(OutputSize, memory.Samples);
        }
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        if (!context.IsTraining)
        {
            input.Values.CopyTo(output.Values);
            return;
        }

        DropoutMask.Apply(
            input.Values, context.Remembered(0).Values, output.Values, Rate, context.Random, context.Team);
    }

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        if (!context.IsTraining)
        {
            outputGradient.Values[..inputGradient.Values.Length].CopyTo(inputGradient.Values);
        }
        else if (!inputGradient.IsEmpty)
        {
            DropoutMask.Multiply<T>(
                outputGradient.Values, context.Remembered(0).Values, inputGradient.Values, context.Team);
        }
    }
}
