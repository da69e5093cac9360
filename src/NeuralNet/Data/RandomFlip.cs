using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Randomness;

namespace NeuralNet.Data;

/// <summary>Mirrors images at random: left to right, upside down, or both.</summary>
/// <remarks>
/// The pixel (y, x) becomes (y, width − 1 − x), or (height − 1 − y, x), with all its channels. Unless set otherwise,
/// half of the images are mirrored left to right, as photos can be; letters and digits cannot.
/// </remarks>
public sealed class RandomFlip : IAugmentation
{
    private readonly double _horizontal = 0.5;
    private readonly double _vertical;

    /// <summary>Makes an augmentation that mirrors half of the images left to right.</summary>
    /// <param name="shape">Height, width and channels of an image.</param>
    /// <exception cref="ArgumentException">The shape has not three dimensions.</exception>
    public RandomFlip(FeatureShape shape) => Shape = ImageSamples.Require(shape);

    /// <summary>Height, width and channels of an image.</summary>
    public FeatureShape Shape { get; }

    /// <summary>The probability that left and right are exchanged, from 0 to 1; ½ unless set.</summary>
    public double Horizontal
    {
        get => _horizontal;
        init => _horizontal = Require.Probability(value, nameof(Horizontal));
    }

    /// <summary>The probability that top and bottom are exchanged, from 0 to 1; 0 unless set.</summary>
    public double Vertical
    {
        get => _vertical;
        init => _vertical = Require.Probability(value, nameof(Vertical));
    }

    /// <inheritdoc/>
    public void Apply<T>(MatrixSpan<T> inputs, MatrixSpan<T> targets, RandomStream random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ImageSamples.RequireFit(inputs, Shape);
        for (int j = 0; j < inputs.Columns; j++)
        {
            RandomStream stream = random.Derive(j);
            Span<T> image = inputs.Column(j);
            if (stream.Uniform(0) < Horizontal)
            {
                int length = Shape[1] * Shape.Channels;
                for (int start = 0; start < image.Length; start += length)
                {
                    Reverse(image.Slice(start, length), Shape.Channels);
                }
            }

            if (stream.Uniform(1) < Vertical)
            {
                Reverse(image, Shape[1] * Shape.Channels);
            }
        }
    }

    // Reverses the order of blocks of numbers: of pixels in a row, or of rows in an image.
    private static void Reverse<T>(Span<T> values, int block)
    {
        values.Reverse();
        for (int start = 0; start < values.Length; start += block)
        {
            values.Slice(start, block).Reverse();
        }
    }
}
