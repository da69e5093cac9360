using System.Buffers;
using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Randomness;

namespace NeuralNet.Data;

/// <summary>
/// Shifts, rotates, scales and distorts images slightly, at random, as if another hand had written the same letter.
/// </summary>
/// <remarks>
/// <para>
/// Images are stored row by row, each in a column of the batch, as in <see cref="IdxArray.ToMatrix"/>; the channels of
/// a pixel follow one another and move together. The pixel at d is taken from s = c + R(θ)(d − c − t)/f + u(d) by
/// bilinear interpolation, where c is the centre, t the shift, θ the angle, f the factor (a zoom), and u the elastic
/// displacement. By default all are 0, and f is 1.
/// </para>
/// <para>
/// The elastic distortion is that of Simard, Steinkraus and Platt, "Best practices for convolutional neural
/// networks applied to visual document analysis" (ICDAR 2003): displacements of each pixel in x and y, uniform in [−1,
/// 1], smoothed by a Gaussian of deviation σ (whose weights sum to 1; beyond the edge, displacements are 0) and
/// multiplied by α. For MNIST they used σ = 4 and α = 34.
/// </para>
/// </remarks>
/// <example><code>
/// var augmentation = new ImageAugmentation(28, 28) { MaxShift = 2, MaxRotation = 10, MaxScaling = 0.1 };
/// </code></example>
public sealed class ImageAugmentation : IAugmentation
{
    // Positions in a sample's stream: the first few are for the affine map, the others for the displacements.
    private const int FirstDisplacement = 8;

    private readonly FeatureShape _shape;
    private readonly double _maxShift;
    private readonly double _maxRotation;
    private readonly double _maxScaling;
    private readonly double _elasticStrength;
    private readonly double _elasticSmoothness = 4;
    private readonly double[] _gaussian = Gaussian(4);
    private readonly double _background;

    /// <summary>
    /// Makes an augmentation without variations for grey images of a size; set properties to add some.
    /// </summary>
    /// <param name="width">Number of pixels in a row.</param>
    /// <param name="height">Number of rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is below 1, or the image too large for an array.
    /// </exception>
    public ImageAugmentation(int width, int height)
        : this(new FeatureShape(Require.AtLeast(height, 1), Require.AtLeast(width, 1), 1))
    {
    }

    /// <summary>Makes an augmentation without variations for images of a shape; set properties to add some.</summary>
    /// <param name="shape">Height, width and channels.</param>
    /// <exception cref="ArgumentException">The shape has not three dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The image is too large for an array.</exception>
    public ImageAugmentation(FeatureShape shape)
    {
        const int Largest = 1 << 14;
        _shape = ImageSamples.Require(shape);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Width, Largest, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Height, Largest, nameof(shape));
    }

    /// <summary>Number of pixels in a row.</summary>
    public int Width => _shape[1];

    /// <summary>Number of rows.</summary>
    public int Height => _shape[0];

    /// <summary>Numbers per pixel: 1 for grey, 3 for red, green and blue.</summary>
    public int Channels => _shape.Channels;

    /// <summary>Largest shift in x and in y, in pixels; shifts may be fractions of a pixel.</summary>
    public double MaxShift
    {
        get => _maxShift;
        init
        {
            RequirePixels(value, nameof(MaxShift));
            _maxShift = value;
        }
    }

    /// <summary>Largest rotation to either side, in degrees.</summary>
    public double MaxRotation
    {
        get => _maxRotation;
        init => _maxRotation = Require.NotNegative(value, nameof(MaxRotation));
    }

    /// <summary>Largest change of size, s in [0, 1): the factor f is from 1 − s to 1 + s.</summary>
    public double MaxScaling
    {
        get => _maxScaling;
        init => _maxScaling = Require.Fraction(value, nameof(MaxScaling));
    }

    /// <summary>α of the elastic distortion, in pixels before smoothing; 0 for none.</summary>
    public double ElasticStrength
    {
        get => _elasticStrength;
        init
        {
            RequirePixels(value, nameof(ElasticStrength));
            _elasticStrength = value;
        }
    }

    /// <summary>σ of the elastic distortion, in pixels, up to 100; 4 by default.</summary>
    public double ElasticSmoothness
    {
        get => _elasticSmoothness;
        init
        {
            if (!(value > 0 && value <= 100))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(ElasticSmoothness), value, "ElasticSmoothness must be above 0 and at most 100 pixels.");
            }

            _elasticSmoothness = value;
            _gaussian = Gaussian(value);
        }
    }

    /// <summary>
    /// The value of pixels beyond the edge of an image; 0 by default, which is black before any standardization.
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
        ImageSamples.RequireFit(inputs, _shape);
        int pixels = _shape.Positions;
        int padded = ImageWarp.PaddedLength(Width, Height, Channels);
        bool elastic = ElasticStrength > 0;
        T[] rented = ArrayPool<T>.Shared.Rent(padded + (elastic ? 3 * pixels : 0));
        try
        {
            Span<T> source = rented.AsSpan(0, padded);
            Span<T> dx = elastic ? rented.AsSpan(padded, pixels) : default;
            Span<T> dy = elastic ? rented.AsSpan(padded + pixels, pixels) : default;
            source.Fill(T.CreateTruncating(Background));
            for (int j = 0; j < inputs.Columns; j++)
            {
                RandomStream stream = random.Derive(j);
                if (elastic)
                {
                    Span<T> scratch = rented.AsSpan(padded + (2 * pixels), pixels);
                    Displace(stream, FirstDisplacement, dx, scratch);
                    Displace(stream, FirstDisplacement + ((pixels + 1) / 2), dy, scratch);
                }

                ImageWarp.Pad(inputs.Column(j), Width, Height, Channels, source);
                ImageWarp.Apply(source, inputs.Column(j), Width, Height, Channels, Draw(stream), dx, dy);
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(rented);
        }
    }

    // The bound keeps the position of every pixel finite, in float too.
    private static void RequirePixels(double value, string name)
    {
        const double Most = 1e6;
        if (!(value >= 0 && value <= Most))
        {
            throw new ArgumentOutOfRangeException(
                name,
                value,
                FormattableString.Invariant($"{name} must be from 0 to {Most} pixels, but it is {value}."));
        }
    }

    /// <summary>Returns a uniform random number in [−1, 1).</summary>
    private static double Symmetric(RandomStream stream, long index) => (2 * stream.Uniform(index)) - 1;

    // The weights of a Gaussian at 0, ±1, … up to 3 σ, whose sum is 1; only those at 0 and above, because it is
    // symmetric.
    private static double[] Gaussian(double sigma)
    {
        double[] weights = new double[(int)Math.Ceiling(3 * sigma) + 1];
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Math.Exp(-(i * i) / (2 * sigma * sigma));
            sum += i == 0 ? weights[i] : 2 * weights[i];
        }

        return Array.ConvertAll(weights, weight => weight / sum);
    }

    private AffineMap Draw(RandomStream stream) => AffineMap.Around(
        Width,
        Height,
        shiftX: MaxShift * Symmetric(stream, 0),
        shiftY: MaxShift * Symmetric(stream, 1),
        degrees: MaxRotation * Symmetric(stream, 2),
        factor: 1 + (MaxScaling * Symmetric(stream, 3)));

    // Each pixel's number is drawn independently, so it makes no difference that the field is drawn column by column.
    private void Displace<T>(RandomStream stream, long first, Span<T> field, Span<T> scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T scale = T.CreateTruncating(ElasticStrength / (1 << 23));
        for (int i = 0; i < field.Length; i += 2)
        {
            // A number has 24 bits, as many as the precision of a float.
            ulong bits = stream.Bits(first + (i / 2));
            field[i] = T.CreateTruncating((int)(bits >> 40) - (1 << 23)) * scale;
            if (i + 1 < field.Length)
            {
                field[i + 1] = T.CreateTruncating((int)(bits & 0xFFFFFF) - (1 << 23)) * scale;
            }
        }

        ImageWarp.Smooth(field, _gaussian, stride: Height, scratch);
        ImageWarp.Transpose(scratch, Height, Width, field);
        ImageWarp.Smooth(field, _gaussian, stride: Width, scratch);
        scratch.CopyTo(field);
    }
}
