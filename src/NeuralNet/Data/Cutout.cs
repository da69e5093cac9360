using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Randomness;

namespace NeuralNet.Data;

/// <summary>
/// Covers a square of each image, so that a network does not rely on a single part of what it is to recognize.
/// </summary>
/// <remarks>
/// The centre (r, c) is a uniformly drawn pixel; rows from r − ⌊s/2⌋ and columns from c − ⌊s/2⌋, s of each, become
/// background in all channels, as far as they lie within the image (DeVries and Taylor, "Improved regularization of
/// convolutional neural networks with cutout", 2017; s = 16 for CIFAR-10's images of 32 × 32).
/// </remarks>
public sealed class Cutout : IAugmentation
{
    private readonly double _background;

    /// <summary>Makes the augmentation.</summary>
    /// <param name="shape">Height, width and channels of an image.</param>
    /// <param name="size">s, the side of the square in pixels, at least 1.</param>
    /// <exception cref="ArgumentException">The shape has not three dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public Cutout(FeatureShape shape, int size)
    {
        Shape = ImageSamples.Require(shape);
        Size = Require.AtLeast(size, 1);
    }

    /// <summary>Height, width and channels of an image.</summary>
    public FeatureShape Shape { get; }

    /// <summary>The side of the square in pixels.</summary>
    public int Size { get; }

    /// <summary>
    /// The value of the covered pixels; 0 unless set, which is black, or the mean after a standardization.
    /// </summary>
    public double Background
    {
        get => _background;
        init => _background = Require.Finite(value, nameof(Background));
    }

    /// <inheritdoc/>
    public void Apply<T>(MatrixSpan<T> inputs, MatrixSpan<T> targets, RandomStream random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ImageSamples.RequireFit(inputs, Shape);
        T background = T.CreateTruncating(Background);
        (int width, int channels) = (Shape[1], Shape.Channels);
        for (int j = 0; j < inputs.Columns; j++)
        {
            RandomStream stream = random.Derive(j);
            (int top, int bottom) = Draw(stream.Uniform(0), Shape[0]);
            (int left, int right) = Draw(stream.Uniform(1), width);
            Span<T> image = inputs.Column(j);
            for (int row = top; row < bottom; row++)
            {
                image.Slice(((row * width) + left) * channels, (right - left) * channels).Fill(background);
            }
        }
    }

    private (int Start, int End) Draw(double uniform, int length)
    {
        int start = (int)(uniform * length) - (Size / 2);
        return (Math.Max(0, start), (int)Math.Min(length, (long)start + Size));
    }
}
