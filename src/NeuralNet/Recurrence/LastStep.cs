using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Recurrence;

/// <summary>
/// The last step of a sequence: a = xₜ with t the number of steps, (steps, features) → (features). ∂L/∂x is ∂L/∂a at
/// that step and 0 at all others.
/// </summary>
/// <remarks>
/// Behind a recurrent layer it is the state after the whole sequence: PyTorch's <c>output[:, -1]</c>, Keras's
/// <c>return_sequences=False</c>.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class LastStep<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer.</summary>
    /// <param name="inputShape">Shape of the input: (steps, features).</param>
    /// <exception cref="ArgumentException">The input is no sequence.</exception>
    public LastStep(FeatureShape inputShape)
        : base("lastStep", inputShape, StepShape.RequireSequence(inputShape).Channels)
    {
    }

    /// <inheritdoc/>
    public override bool TakesPadding => true;

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        for (int sample = 0; sample < input.Columns; sample++)
        {
            input.Column(sample).Slice(Start(context.Lengths, sample), OutputSize).CopyTo(output.Column(sample));
        }
    }

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        if (inputGradient.IsEmpty)
        {
            return;
        }

        inputGradient.Values.Clear();
        for (int sample = 0; sample < outputGradient.Columns; sample++)
        {
            outputGradient.Column(sample).CopyTo(
                inputGradient.Column(sample).Slice(Start(context.Lengths, sample), OutputSize));
        }
    }

    // The first row of the last step of a sample.
    private int Start(ReadOnlySpan<T> lengths, int sample) =>
        (StepShape.Steps(InputShape, lengths, sample) - 1) * OutputSize;
}
