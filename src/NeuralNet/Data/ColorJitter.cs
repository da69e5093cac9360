using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Preprocessing;
using NeuralNet.Randomness;

namespace NeuralNet.Data;

/// <summary>
/// Varies the brightness, the contrast and the saturation of images at random, as other light and other cameras would.
/// </summary>
/// <remarks>
/// Of pixels from 0 to 1, one after the other, each with a factor f uniform in [1 − s, 1 + s] drawn for each image, s
/// being the strength, and cut to [0, 1]:
/// brightness x → f x; contrast x → f x + (1 − f) m, with m the mean grey of the image; saturation
/// x → f x + (1 − f) g, with g the grey of the pixel. Grey is 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), and of images
/// of one channel that channel. As torchvision's <c>ColorJitter</c>, which draws the order of the three as well. All
/// strengths are 0 unless set.
/// </remarks>
/// <example><code>
/// new ColorJitter(shape) { Brightness = 0.4, Contrast = 0.4, Saturation = 0.4, Scaling = scaling }
/// </code></example>
public sealed class ColorJitter : IAugmentation
{
    private readonly double _brightness;
    private readonly double _contrast;
    private readonly double _saturation;
    private readonly ChannelStandardization? _scaling;

    /// <summary>Makes an augmentation without variations; set properties to add some.</summary>
    /// <param name="shape">Height, width and channels of an image: 1, grey, or 3, red, green and blue.</param>
    /// <exception cref="ArgumentException">The shape has not three dimensions, or other channels.</exception>
    public ColorJitter(FeatureShape shape)
    {
        Shape = ImageSamples.Require(shape);
        if (shape.Channels is not (1 or 3))
        {
            throw new ArgumentException(
                $"Colors are of 1 channel or of 3, but the images of {shape} have {shape.Channels}.", nameof(shape));
        }
    }

    /// <summary>Height, width and channels of an image.</summary>
    public FeatureShape Shape { get; }

    /// <summary>The strength with which the brightness varies, from 0 to below 1.</summary>
    public double Brightness
    {
        get => _brightness;
        init => _brightness = Require.Fraction(value, nameof(Brightness));
    }

    /// <summary>The strength with which the contrast varies, from 0 to below 1.</summary>
    public double Contrast
    {
        get => _contrast;
        init => _contrast = Require.Fraction(value, nameof(Contrast));
    }

    /// <summary>
    /// The strength with which the saturation varies, from 0 to below 1; it has no effect on grey images.
    /// </summary>
    public double Saturation
    {
        get => _saturation;
        init => _saturation = Require.Fraction(value, nameof(Saturation));
    }

    /// <summary>
    /// The standardization that the images have been through, so that pixels are no longer from 0 to 1: it is undone
    /// before and done again afterwards. None if null.
    /// </summary>
    /// <exception cref="ArgumentException">It is for images of another shape.</exception>
    public ChannelStandardization? Scaling
    {
        get => _scaling;
        init => _scaling = value is null || value.Shape == Shape
            ? value
            : throw new ArgumentException(
                $"The standardization is for images of {value.Shape}, but these are {Shape}.", nameof(Scaling));
    }

    /// <inheritdoc/>
    public void Apply<T>(MatrixSpan<T> inputs, MatrixSpan<T> targets, RandomStream random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ImageSamples.RequireFit(inputs, Shape);
        Scaling?.Invert(inputs, inputs);
        for (int j = 0; j < inputs.Columns; j++)
        {
            RandomStream stream = random.Derive(j);
            Span<T> image = inputs.Column(j);
            if (Brightness > 0)
            {
                Blend(image, Factor<T>(Brightness, stream, 0), T.Zero);
            }

            if (Contrast > 0)
            {
                Blend(image, Factor<T>(Contrast, stream, 1), MeanGrey(image));
            }

            if (Saturation > 0 && Shape.Channels == 3)
            {
                T factor = Factor<T>(Saturation, stream, 2);
                for (int start = 0; start < image.Length; start += 3)
                {
                    Span<T> pixel = image.Slice(start, 3);
                    Blend(pixel, factor, Grey(pixel));
                }
            }
        }

        Scaling?.Transform(inputs, inputs);
    }

    private static T Factor<T>(double strength, RandomStream stream, long index)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        T.CreateTruncating(1 + (strength * ((2 * stream.Uniform(index)) - 1)));

    private static void Blend<T>(Span<T> values, T factor, T other)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T rest = (T.One - factor) * other;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = T.Clamp((factor * values[i]) + rest, T.Zero, T.One);
        }
    }

    private static T Grey<T>(ReadOnlySpan<T> pixel)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        (T.CreateTruncating(0.299) * pixel[0])
        + (T.CreateTruncating(0.587) * pixel[1])
        + (T.CreateTruncating(0.114) * pixel[2]);

    private T MeanGrey<T>(ReadOnlySpan<T> image)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int channels = Shape.Channels;
        T sum = T.Zero;
        for (int start = 0; start < image.Length; start += channels)
        {
            sum += channels == 1 ? image[start] : Grey(image.Slice(start, 3));
        }

        return sum / T.CreateTruncating(Shape.Positions);
    }
}
