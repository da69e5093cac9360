using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// Reads the same rows in another shape: a = x, such as an image as a flat row of features. ∂L/∂x = ∂L/∂a.
/// </summary>
/// <remarks>
/// Dense layers read any shape as it is. It stands where a shape must be said, as before a concatenation of an image
/// with features, or where features become an image. As Keras's <c>Reshape</c> and <c>Flatten</c>; images have their
/// channels last, so that an image that PyTorch flattens has its features in another order.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Reshape<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer.</summary>
    /// <param name="inputShape">Shape of the input.</param>
    /// <param name="outputShape">Shape of the output, which has as many elements.</param>
    /// <exception cref="ArgumentException">The shapes differ in their number of elements.</exception>
    public Reshape(FeatureShape inputShape, FeatureShape outputShape)
        : base("reshape", inputShape, OfSameSize(inputShape, outputShape))
    {
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context) =>
        WholeBatch.Copy(input.Values, output.Values, context.Team);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        if (!inputGradient.IsEmpty)
        {
            WholeBatch.Copy<T>(outputGradient.Values, inputGradient.Values, context.Team);
        }
    }

    private static FeatureShape OfSameSize(FeatureShape inputShape, FeatureShape outputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        ArgumentNullException.ThrowIfNull(outputShape);
        return inputShape.Size == outputShape.Size
            ? outputShape
            : throw new ArgumentException(
                $"A shape of {outputShape} has {Quantity.Of(outputShape.Size, "element")}, but the input has "
                + $"{inputShape.Describe()}.",
                nameof(outputShape));
    }
}
