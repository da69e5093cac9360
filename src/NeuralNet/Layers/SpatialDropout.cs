using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// Dropout of whole channels: while training, each channel of a sample is dropped with probability p, at all positions
/// at once, and the others are divided by 1 − p, so that their mean stays; when predicting, nothing happens.
/// a = m ⊙ input, ∂L/∂input = m ⊙ ∂L/∂a, where m is 0 or 1/(1 − p), one for each channel of each sample.
/// </summary>
/// <remarks>
/// Neighbouring pixels resemble each other, so dropping single ones, as <see cref="Dropout{T}"/> does, hides little.
/// Tompson, Goroshin, Jain, LeCun and Bregler, "Efficient object localization using convolutional networks" (2015);
/// Keras's <c>SpatialDropout2D</c> and PyTorch's <c>Dropout2d</c>. Of a sequence, a feature is dropped at all steps.
/// What is dropped follows from the trainer's seed, the step and the layer alone.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class SpatialDropout<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer.</summary>
    /// <param name="shape">
    /// Shape of input and output: (height, width, channels) of images, (steps, features) of sequences.
    /// </param>
    /// <param name="rate">p, at least 0 and below 1.</param>
    /// <exception cref="ArgumentException">The shape is flat.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    public SpatialDropout(FeatureShape shape, double rate = 0.5)
        : base("spatialDropout", shape, shape)
    {
        Require.Fraction(rate);
        if (shape.IsFlat)
        {
            throw new ArgumentException(
                $"The input must have channels at several positions, as an image, height × width × channels, or a "
                + $"sequence, steps × features, has, but it is {shape}: use Dropout there.",
                nameof(shape));
        }

        Rate = rate;
    }

    /// <summary>p, the probability that a channel is dropped.</summary>
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
            memory.Remember(OutputShape.Channels, memory.Samples);
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

        MatrixSpan<T> mask = context.Remembered(0);
        DropoutMask.Draw(mask.Values, Rate, context.Random);
        MultiplyPositions(input, mask, output);
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
            MultiplyPositions(outputGradient, context.Remembered(0), inputGradient);
        }
    }

    // The channels at each position by the factors of the sample.
    private void MultiplyPositions(ReadOnlyMatrixSpan<T> values, ReadOnlyMatrixSpan<T> mask, MatrixSpan<T> products)
    {
        int positions = InputShape.Positions;
        ReadOnlyMatrixSpan<T> from = values.ByChannel(InputShape);
        MatrixSpan<T> to = products.ByChannel(InputShape);
        for (int j = 0; j < from.Columns; j++)
        {
            TensorPrimitives.Multiply(from.Column(j), mask.Column(j / positions), to.Column(j));
        }
    }
}
