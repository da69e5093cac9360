using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Convolutions;

/// <summary>
/// Global maximum pooling: each output is the largest value of a channel at all places of the input. ∂L/∂output goes to
/// the first place that holds it.
/// </summary>
/// <remarks>The output is flat: one feature per channel.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class GlobalMaxPooling<T> : Layer<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly PoolingGeometry _geometry;

    /// <summary>Makes the layer.</summary>
    /// <param name="inputShape">
    /// Shape of the input: (height, width, channels) of images, (steps, features) of sequences.
    /// </param>
    /// <exception cref="ArgumentException">The input is neither an image nor a sequence.</exception>
    public GlobalMaxPooling(FeatureShape inputShape)
        : base("globalMaxPooling", inputShape, ImageWindows.Whole(inputShape).Output().Channels)
    {
        var windows = ImageWindows.Whole(inputShape);
        _geometry = new(windows.Rows, windows.Columns, inputShape.Channels);
    }

    /// <inheritdoc/>
    public override bool TakesPadding => InputShape.Rank == 2;

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        if (context.Lengths.IsEmpty)
        {
            Pooling.Forward(PoolingKind.Maximum, _geometry, input, output, context.Team);
        }
        else
        {
            PaddedPooling.Forward(PoolingKind.Maximum, context.Lengths, input, output);
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
        if (context.Lengths.IsEmpty)
        {
            Pooling.Backward(
                PoolingKind.Maximum, _geometry, input, output, outputGradient, inputGradient, context.Team);
        }
        else
        {
            PaddedPooling.Backward(
                PoolingKind.Maximum, context.Lengths, input, output, outputGradient, inputGradient);
        }
    }
}
