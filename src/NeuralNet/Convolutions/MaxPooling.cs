using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Convolutions;

/// <summary>
/// Maximum pooling: each place of the output holds, channel by channel, the largest input of a window. ∂L/∂output goes
/// to the input that is largest, to the first in the order of rows and columns where several are.
/// </summary>
/// <remarks>
/// Padding has no values and is never the largest. A NaN in the window makes the output NaN. PyTorch decides ties in
/// the same way.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class MaxPooling<T> : Layer<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly ImageWindows _windows;
    private readonly PoolingGeometry _geometry;

    /// <summary>Makes the layer.</summary>
    /// <param name="inputShape">
    /// Shape of the input: (height, width, channels) of images, (steps, features) of sequences.
    /// </param>
    /// <param name="poolSize">Rows and columns of a window; of a sequence, the height is the steps.</param>
    /// <param name="stride">Distance from one window to the next; the size of a window if null.</param>
    /// <param name="padding">Places around the input that windows may reach, less than a window.</param>
    /// <exception cref="ArgumentException">
    /// The input is neither an image nor a sequence, a window does not fit into it, or may lie in the padding alone.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or a padding below 0.</exception>
    public MaxPooling(
        FeatureShape inputShape, HeightWidth poolSize, HeightWidth? stride = null, Padding padding = default)
        : base("maxPooling", inputShape, ImageWindows.OfPooling(inputShape, poolSize, stride, padding).Output())
    {
        _windows = ImageWindows.OfPooling(inputShape, poolSize, stride, padding);
        _geometry = new(_windows.Rows, _windows.Columns, inputShape.Channels);
    }

    /// <summary>Rows and columns of a window; of a sequence, the height is the steps and the width 1.</summary>
    public HeightWidth PoolSize => _windows.Size;

    /// <summary>Distance from one window to the next.</summary>
    public HeightWidth Stride => _windows.Stride;

    /// <summary>Places around the input, in numbers also where <see cref="Padding.Same"/> was asked for.</summary>
    public Padding Padding => _windows.Padding;

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context) =>
        Pooling.Forward(PoolingKind.Maximum, _geometry, input, output, context.Team);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context) => Pooling.Backward(
            PoolingKind.Maximum, _geometry, input, output, outputGradient, inputGradient, context.Team);
}
