using System.Buffers;
using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Randomness;

namespace NeuralNet.Data;

/// <summary>
/// Pads images on all sides and cuts a window of their size out at random: they shift by whole pixels, and what enters
/// at an edge is background.
/// </summary>
/// <remarks>
/// y(r, c) = x(r + Δr, c + Δc), with Δr and Δc uniform among −p, …, p and drawn once for each image, p being the
/// padding; all channels move together. With p = 4 it is the usual augmentation of CIFAR's images of 32 × 32 (He,
/// Zhang, Ren and Sun, "Deep residual learning for image recognition", 2015, section 4.2).
/// </remarks>
public sealed class RandomCrop : IAugmentation
{
    private readonly double _background;

    /// <summary>Makes the augmentation.</summary>
    /// <param name="shape">Height, width and channels of an image.</param>
    /// <param name="padding">p, the largest shift in pixels: from 1 to the smaller of height and width.</param>
    /// <exception cref="ArgumentException">The shape has not three dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The padding is out of range.</exception>
    public RandomCrop(FeatureShape shape, int padding)
    {
        Shape = ImageSamples.Require(shape);
        Padding = Require.AtLeast(padding, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(padding, Math.Min(shape[0], shape[1]));
    }

    /// <summary>Height, width and channels of an image.</summary>
    public FeatureShape Shape { get; }

    /// <summary>The largest shift in pixels.</summary>
    public int Padding { get; }

    /// <summary>
    /// The value of pixels beyond the edge of an image; 0 unless set, which is black, or the mean after a
    /// standardization.
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
        T[] rented = ArrayPool<T>.Shared.Rent(Shape.Size);
        try
        {
            Span<T> source = rented.AsSpan(0, Shape.Size);
            for (int j = 0; j < inputs.Columns; j++)
            {
                RandomStream stream = random.Derive(j);
                inputs.Column(j).CopyTo(source);
                Shift(source, inputs.Column(j), Draw(stream, 0), Draw(stream, 1));
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(rented);
        }
    }

    private int Draw(RandomStream stream, long index) => (int)(stream.Uniform(index) * ((2 * Padding) + 1)) - Padding;

    private void Shift<T>(ReadOnlySpan<T> source, Span<T> image, int down, int right)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int height, int width, int channels) = (Shape[0], Shape[1], Shape.Channels);
        int count = (width - Math.Abs(right)) * channels;
        image.Fill(T.CreateTruncating(Background));
        for (int row = Math.Max(0, -down); row < Math.Min(height, height - down); row++)
        {
            source.Slice((((row + down) * width) + Math.Max(0, right)) * channels, count)
                .CopyTo(image[(((row * width) + Math.Max(0, -right)) * channels)..]);
        }
    }
}
