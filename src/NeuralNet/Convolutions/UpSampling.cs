using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Convolutions;

/// <summary>
/// Enlarges images by a whole factor, or sequences along their steps: each pixel of the output is a mean, with weights,
/// of the nearest pixels of the input. ∂L/∂output goes back to them with the same weights.
/// </summary>
/// <remarks>
/// With factor s, the centre of output row y is at y′ = (y + ½)/s − ½ in rows of the input. The nearest row is ⌊y/s⌋;
/// bilinear, the rows ⌊y′⌋ and ⌊y′⌋ + 1 have the weights 1 − (y′ − ⌊y′⌋) and y′ − ⌊y′⌋, and the outermost stands for
/// those beyond it. Columns are weighted likewise. Keras's <c>UpSampling2D</c> does the same, and PyTorch's
/// <c>Upsample</c> with <c>align_corners=False</c>.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class UpSampling<T> : Layer<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly EnlargedAxis _rows;
    private readonly EnlargedAxis _columns;

    /// <summary>Makes the layer.</summary>
    /// <param name="inputShape">
    /// Shape of the input: (height, width, channels) of images, (steps, features) of sequences.
    /// </param>
    /// <param name="factor">
    /// The rows that each row becomes, and the columns that each column becomes; of a sequence, the height is that of
    /// the steps.
    /// </param>
    /// <param name="interpolation">The way to fill the output between the pixels of the input.</param>
    /// <exception cref="ArgumentException">The input is neither an image nor a sequence.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A factor is below 1, the output has more elements than can be counted, or there is no such interpolation.
    /// </exception>
    public UpSampling(
        FeatureShape inputShape, HeightWidth factor, Interpolation interpolation = Interpolation.Nearest)
        : base("upSampling", inputShape, Enlarged(inputShape, factor))
    {
        HeightWidth size = ImageShape.Size(inputShape);
        Factor = inputShape.Rank == 2 ? factor with { Width = 1 } : factor;
        Interpolation = Require.Defined(interpolation);
        _rows = new(size.Height, Factor.Height, interpolation == Interpolation.Bilinear);
        _columns = new(size.Width, Factor.Width, interpolation == Interpolation.Bilinear);
    }

    /// <summary>
    /// The rows that each row becomes, and the columns that each column becomes; of a sequence, the height is that of
    /// the steps and the width 1.
    /// </summary>
    public HeightWidth Factor { get; }

    /// <summary>The way to fill the output between the pixels of the input.</summary>
    public Interpolation Interpolation { get; }

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context) =>
        Enlargement.Forward(_rows, _columns, InputShape.Channels, input, output, context.Team);

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
            Enlargement.Backward<T>(
                _rows, _columns, InputShape.Channels, outputGradient, inputGradient, context.Team);
        }
    }

    private static FeatureShape Enlarged(FeatureShape inputShape, HeightWidth factor)
    {
        HeightWidth size = ImageShape.Size(inputShape);
        ImageShape.RequireAtLeast(factor, 1);
        return ImageShape.Of(
            (long)size.Height * factor.Height,
            (long)size.Width * factor.Width,
            inputShape.Channels,
            inputShape.Rank,
            nameof(factor));
    }
}
