using System.Globalization;
using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// A range of the input's rows: aᵢ = x₍start+ᵢ₎. It is how a branch reads one of several inputs that lie one below the
/// other. ∂L/∂x is ∂L/∂a in the range and 0 elsewhere.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Slice<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer.</summary>
    /// <param name="inputShape">Shape of the whole input; an int is a number of features.</param>
    /// <param name="start">First row of the range, from zero.</param>
    /// <param name="outputShape">Shape in which the range is read; its size is the length of the range.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not within the input.</exception>
    public Slice(FeatureShape inputShape, int start, FeatureShape outputShape)
        : base("slice", inputShape, outputShape)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        if (start > inputShape.Size - outputShape.Size)
        {
            throw new ArgumentOutOfRangeException(
                nameof(start),
                start,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The rows {start} to {(long)start + outputShape.Size - 1} are not within an input of "
                    + $"{Quantity.Of(inputShape.Size, "row")}, counted from 0."));
        }

        Start = start;
    }

    /// <summary>First row of the range, from zero.</summary>
    public int Start { get; }

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        for (int j = 0; j < input.Columns; j++)
        {
            input.Column(j).Slice(Start, OutputSize).CopyTo(output.Column(j));
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
        for (int j = 0; j < outputGradient.Columns; j++)
        {
            outputGradient.Column(j).CopyTo(inputGradient.Column(j).Slice(Start, OutputSize));
        }
    }
}
