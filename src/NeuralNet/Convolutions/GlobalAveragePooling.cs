using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Convolutions;

/// <summary>
/// Global average pooling: each output is the mean of a channel over all places of the input, and each place receives
/// an equal share of ∂L/∂output.
/// </summary>
/// <remarks>The output is flat: one feature per channel.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class GlobalAveragePooling<T> : Layer<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly PoolingGeometry _geometry;

    /// <summary>Makes the layer.</summary>
    /// <param name="inputShape">
    /// Shape of the input: (height, width, channels) of images, (steps, features) of sequences.
    /// </param>
    /// <exception cref="ArgumentException">The input is neither an image nor a sequence.</exception>
    public GlobalAveragePooling(FeatureShape inputShape)
        : base("globalAveragePooling", inputShape, ImageWindows.Whole(inputShape).Output().Channels)
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
            Pooling.Forward(PoolingKind.Average, _geometry, input, output, context.Team);
        }
        else
        {
            PaddedPooling.Forward(PoolingKind.Average, context.Lengths, input, output);
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
                PoolingKind.Average, _geometry, input, output, outputGradient, inputGradient, context.Team);
        }
        else
        {
            PaddedPooling.Backward(
                PoolingKind.Average, context.Lengths, input, output, outputGradient, inputGradient);
        }
    }
}
