using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Convolutions;

/// <summary>
/// Puts zeros around images, or before and after sequences. ∂L/∂input is the part of ∂L/∂output within them.
/// </summary>
/// <remarks>
/// Convolutions pad by themselves. This is for a padding that several layers share, and for zeros that a
/// <see cref="MaxPooling{T}"/> is to see: its own padding has no values.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ZeroPadding<T> : Layer<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer.</summary>
    /// <param name="inputShape">
    /// Shape of the input: (height, width, channels) of images, (steps, features) of sequences.
    /// </param>
    /// <param name="padding">Zeros on each side; of a sequence, top is before and bottom behind it.</param>
    /// <exception cref="ArgumentException">
    /// The input is neither an image nor a sequence, or the padding is <see cref="Padding.Same"/>.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A side is below 0, or the output has more elements than can be counted.
    /// </exception>
    public ZeroPadding(FeatureShape inputShape, Padding padding)
        : base("zeroPadding", inputShape, Padded(inputShape, padding)) =>
        Padding = inputShape.Rank == 2 ? padding with { Left = 0, Right = 0 } : padding;

    /// <summary>Zeros on each side; of a sequence, top is before and bottom behind it.</summary>
    public Padding Padding { get; }

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        output.Values.Clear();
        for (int n = 0; n < input.Columns; n++)
        {
            for (int y = 0; y < InputShape[0]; y++)
            {
                input.Column(n).Slice(y * RowLength, RowLength).CopyTo(output.Column(n)[PaddedRow(y)..]);
            }
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
        for (int n = 0; n < inputGradient.Columns; n++)
        {
            for (int y = 0; y < InputShape[0]; y++)
            {
                outputGradient.Column(n).Slice(PaddedRow(y), RowLength)
                    .CopyTo(inputGradient.Column(n)[(y * RowLength)..]);
            }
        }
    }

    private static FeatureShape Padded(FeatureShape inputShape, Padding padding)
    {
        HeightWidth size = ImageShape.Size(inputShape);
        ImageShape.RequireNotNegative(padding);
        if (padding.IsSame)
        {
            throw new ArgumentException(
                "Padding.Same follows from windows, which this layer does not have; give the padding in numbers.",
                nameof(padding));
        }

        return ImageShape.Of(
            (long)padding.Top + size.Height + padding.Bottom,
            (long)padding.Left + size.Width + padding.Right,
            inputShape.Channels,
            inputShape.Rank,
            nameof(padding));
    }

    // Number of elements of a row of the input.
    private int RowLength => InputSize / InputShape[0];

    // The place of a row of the input in the output.
    private int PaddedRow(int y) =>
        ((y + Padding.Top) * (OutputSize / OutputShape[0])) + (Padding.Left * InputShape.Channels);
}
