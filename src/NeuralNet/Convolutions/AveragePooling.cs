using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Convolutions;

/// <summary>
/// Average pooling: each place of the output holds, channel by channel, the mean of a window of the input, and each
/// input of the window receives an equal share of ∂L/∂output.
/// </summary>
/// <remarks>
/// Windows that reach into the padding divide by the number of their places in the input, as in Keras, or by the size
/// of the whole window if padding counts, as PyTorch does unless told otherwise (<c>count_include_pad</c>).
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class AveragePooling<T> : Layer<T>
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
    /// <param name="countPadding">True if the padding in a window counts as zeros.</param>
    /// <exception cref="ArgumentException">
    /// The input is neither an image nor a sequence, a window does not fit into it, or may lie in the padding alone.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or a padding below 0.</exception>
    public AveragePooling(
        FeatureShape inputShape,
        HeightWidth poolSize,
        HeightWidth? stride = null,
        Padding padding = default,
        bool countPadding = false)
        : base("averagePooling", inputShape, ImageWindows.OfPooling(inputShape, poolSize, stride, padding).Output())
    {
        _windows = ImageWindows.OfPooling(inputShape, poolSize, stride, padding);
        _geometry = new(_windows.Rows, _windows.Columns, inputShape.Channels, countPadding);
    }

    /// <summary>Rows and columns of a window; of a sequence, the height is the steps and the width 1.</summary>
    public HeightWidth PoolSize => _windows.Size;

    /// <summary>Distance from one window to the next.</summary>
    public HeightWidth Stride => _windows.Stride;

    /// <summary>Places around the input, in numbers also where <see cref="Padding.Same"/> was asked for.</summary>
    public Padding Padding => _windows.Padding;

    /// <summary>True if the padding in a window counts as zeros.</summary>
    public bool CountPadding => _geometry.CountsPadding;

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context) =>
        Pooling.Forward(PoolingKind.Average, _geometry, input, output, context.Team);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context) => Pooling.Backward(
            PoolingKind.Average, _geometry, input, output, outputGradient, inputGradient, context.Team);
}
