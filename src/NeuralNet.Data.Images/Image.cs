using System.IO.Compression;
using System.Numerics;
using NeuralNet.Data.Images.Png;
using NeuralNet.Files;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Data.Images;

/// <summary>An image: bytes, row by row, the channels of a pixel one after the other.</summary>
/// <remarks>
/// PNG files of every kind the format has and JPEG files, baseline and progressive, grey or coloured, can be read; the
/// first bytes of a file tell which it is. A JPEG photo is turned as its EXIF orientation says. Colour profiles and
/// gamma are ignored. Samples of 16 bits are cut to their upper 8.
/// </remarks>
/// <example><code>
/// Image image = Image.Read("cat.jpg", new() { Size = 32, Channels = 3 });
/// string label = pipeline.PredictLabel(image.ToInput&lt;float&gt;());
/// </code></example>
public sealed class Image
{
    private readonly byte[] _pixels;

    /// <summary>Makes an image of pixels, which are not copied and must not be written to any more.</summary>
    /// <param name="height">Number of rows.</param>
    /// <param name="width">Number of pixels in a row.</param>
    /// <param name="channels">Numbers per pixel: 1, 3 or 4.</param>
    /// <param name="pixels">Height × width × channels bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    /// <exception cref="ArgumentException">There is another number of bytes.</exception>
    public Image(int height, int width, int channels, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        Shape = new(height, width, RequireChannels(channels, nameof(channels)));
        if (pixels.Length != Shape.Size)
        {
            throw new ArgumentException(
                $"An image of {Shape} takes {Quantity.Of(Shape.Size, "byte")}, but there are {pixels.Length}.",
                nameof(pixels));
        }

        _pixels = pixels;
    }

    /// <summary>Height, width and channels.</summary>
    public FeatureShape Shape { get; }

    /// <summary>Number of rows.</summary>
    public int Height => Shape[0];

    /// <summary>Number of pixels in a row.</summary>
    public int Width => Shape[1];

    /// <summary>Numbers per pixel: 1 for grey, 3 for red, green and blue, 4 with opacity as well.</summary>
    public int Channels => Shape.Channels;

    /// <summary>The bytes: the element (y, x, c) stands at (y·width + x)·channels + c.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>Reads a PNG or JPEG file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The options to read it with; if null, it is read as it is.</param>
    /// <returns>The image.</returns>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, cut off, empty, of another format, or has too many pixels.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static Image Read(string path, ImageOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return Read(stream, options, path);
    }

    /// <summary>Reads a PNG or JPEG image from a stream, to its end; the stream stays open.</summary>
    /// <param name="stream">The stream, at the start of the image.</param>
    /// <param name="options">The options to read it with; if null, it is read as it is.</param>
    /// <param name="name">The name of the image in messages.</param>
    /// <returns>The image.</returns>
    /// <exception cref="InvalidDataException">
    /// The image is damaged, cut off, empty, of another format, or has too many pixels.
    /// </exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static Image Read(Stream stream, ImageOptions? options = null, string name = "stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        options ??= new();
        Image image;
        try
        {
            image = ImageDecoder.Decode(ImageBytes.Read(stream), options.MaxPixels);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException(
                $"'{MessageText.File(name)}' cannot be read as an image: {MessageText.Reason(exception)}.",
                MessageText.Cause(exception));
        }

        if (options.Channels is { } channels)
        {
            image = image.WithChannels(channels);
        }

        return options.Size is { } size ? image.Resize(size, options.Fit) : image;
    }

    /// <summary>Converts to other channels.</summary>
    /// <remarks>
    /// Grey is (19595 R + 38470 G + 7471 B + 2¹⁵) / 2¹⁶, rounded down, which is 0.299 R + 0.587 G + 0.114 B; opacity
    /// that is added is 255, and opacity that is dropped shows white paper: (a v + (255 − a) 255) / 255, rounded.
    /// </remarks>
    /// <param name="channels">1 for grey, 3 for red, green and blue, 4 with opacity as well.</param>
    /// <returns>This image, or a converted copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no such channels.</exception>
    public Image WithChannels(int channels)
    {
        RequireChannels(channels, nameof(channels));
        if (channels == Channels)
        {
            return this;
        }

        byte[] pixels = new byte[Shape.WithChannels(channels).Size];
        for (int i = 0; i < Shape.Positions; i++)
        {
            PixelColor.Convert(_pixels.AsSpan(i * Channels, Channels), pixels.AsSpan(i * channels, channels));
        }

        return new(Height, Width, channels, pixels);
    }

    /// <summary>Scales the image.</summary>
    /// <remarks>
    /// Rows and columns one after the other: with s the old size over the new one and r = max(1, s), the new pixel i is
    /// the mean of the old pixels k with the weights max(0, 1 − |k − c| / r) about c = (i + ½) s − ½. That is bilinear
    /// interpolation where an image grows, and where it shrinks an average over all pixels that a new one covers; as
    /// Pillow's <c>BILINEAR</c>. Computed in float and rounded to the nearest byte, so that every machine gives the
    /// same bytes.
    /// </remarks>
    /// <param name="size">Height and width of the result; an <see cref="int"/> is a square.</param>
    /// <param name="fit">What happens to other proportions.</param>
    /// <returns>This image, or a scaled copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or there is no such fit.</exception>
    public Image Resize(HeightWidth size, ImageFit fit = ImageFit.Stretch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Height, 1, nameof(size));
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Width, 1, nameof(size));
        double height = Height;
        double width = Width;
        switch (fit)
        {
            case ImageFit.Stretch:
                break;
            case ImageFit.Crop:
                double scale = Math.Min(height / size.Height, width / size.Width);
                (height, width) = (scale * size.Height, scale * size.Width);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fit), fit, $"There is no fit {fit}.");
        }

        if (size == new HeightWidth(Height, Width))
        {
            return this;
        }

        var rows = new ResampledAxis(size.Height, (Height - height) / 2, height);
        var columns = new ResampledAxis(size.Width, (Width - width) / 2, width);
        return new(size.Height, size.Width, Channels, Resampling.Resize(this, rows, columns));
    }

    /// <summary>The input of a network: a number per byte.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scale">The factor of each byte; 1/255 unless given, as in a data set of images.</param>
    /// <returns>A new array, in the order of <see cref="Pixels"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not finite.</exception>
    public T[] ToInput<T>(double scale = ByteMatrix.PixelScale)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new ByteMatrix(_pixels, Shape.Size, 1, scale).ToMatrix<T>().AsColumnMajorArray();

    /// <summary>Writes the image as a PNG file, whole or not at all; its pixels come back as they are.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void SavePng(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, SavePng);
    }

    /// <summary>Writes the image as PNG to a stream, which stays open.</summary>
    /// <param name="stream">The stream.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void SavePng(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        PngEncoder.Encode(Width, Height, Channels, Pixels, CompressionLevel.Optimal, stream);
    }

    /// <summary>The size of the image.</summary>
    /// <returns>For example <c>image of 28 × 28 × 1</c>: height, width and channels.</returns>
    public override string ToString() => $"image of {Shape}";

    internal static int RequireChannels(int channels, string name) =>
        channels is 1 or 3 or 4
            ? channels
            : throw new ArgumentOutOfRangeException(
                name, channels, "An image has 1 channel (grey), 3 (red, green, blue) or 4 (and opacity).");
}
