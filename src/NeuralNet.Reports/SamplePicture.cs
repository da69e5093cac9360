using System.IO.Compression;
using System.Numerics;
using NeuralNet.Data.Images.Png;
using NeuralNet.LinearAlgebra;
using NeuralNet.Reports.Pictures;

namespace NeuralNet.Reports;

/// <summary>A picture of a sample in a report: an image, or a text.</summary>
/// <remarks>
/// A string is a picture that shows the text, and bytes are one that shows the image file they are; a function for
/// <see cref="ReportOptions{T}.Picture"/> may return either.
/// </remarks>
public sealed class SamplePicture
{
    private const int LongestText = 400;
    private const int LargestSide = 1024;

    private SamplePicture()
    {
    }

    /// <summary>The text; null of an image.</summary>
    internal string? Text { get; private init; }

    /// <summary>The address of the image, which holds all of it; null of a text.</summary>
    internal string? Address { get; private init; }

    /// <summary>Whether single pixels are to be seen, as in an image of few.</summary>
    internal bool IsPixelated { get; private init; }

    /// <summary>A picture that shows a text.</summary>
    /// <param name="text">The text; its beginning is shown where it is long.</param>
    /// <returns>The picture.</returns>
    public static SamplePicture FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new() { Text = text.Length <= LongestText ? text : text[..LongestText] + "…" };
    }

    /// <summary>A picture that shows an image file.</summary>
    /// <param name="file">The whole file: PNG, JPEG, GIF, WebP or SVG.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="ArgumentException">The bytes are none of these.</exception>
    public static SamplePicture FromFile(ReadOnlySpan<byte> file)
    {
        string type = file is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] ? "png"
            : file is [0xFF, 0xD8, 0xFF, ..] ? "jpeg"
            : file.StartsWith("GIF8"u8) ? "gif"
            : file.StartsWith("RIFF"u8) && file.Length > 12 && file[8..].StartsWith("WEBP"u8) ? "webp"
            : file.StartsWith("<svg"u8) || file.StartsWith("<?xml"u8) ? "svg+xml"
            : throw new ArgumentException(
                "A picture must be a PNG, JPEG, GIF, WebP or SVG file, but the bytes begin as none of these. To show "
                + "numbers as an image, use FromPixels.",
                nameof(file));
        return new() { Address = $"data:image/{type};base64,{Convert.ToBase64String(file)}" };
    }

    /// <summary>A picture of numbers in the shape of an image.</summary>
    /// <param name="values">
    /// The numbers: from 0 to 1, from 0 to 255, or of any other range, which is then stretched from black to white.
    /// </param>
    /// <param name="shape">(height, width, 1) for grey, or (height, width, 3) for red, green and blue.</param>
    /// <typeparam name="T">float or double.</typeparam>
    /// <returns>The picture.</returns>
    /// <exception cref="ArgumentException">The shape is no image, or there are not as many numbers.</exception>
    public static SamplePicture FromPixels<T>(ReadOnlySpan<T> values, FeatureShape shape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (!CanShow(shape))
        {
            throw new ArgumentException(
                $"An image has the shape (height, width, 1) or (height, width, 3), each side up to {LargestSide}, but "
                + $"the shape is {shape}.",
                nameof(shape));
        }

        if (values.Length != shape.Size)
        {
            throw new ArgumentException(
                $"An image of the shape {shape} has {shape.Size} numbers, but there are {values.Length}.",
                nameof(values));
        }

        using var png = new MemoryStream();
        PngEncoder.Encode(
            shape[1], shape[0], shape[2], PixelRange.ToBytes(values), CompressionLevel.SmallestSize, png);
        return new()
        {
            Address = "data:image/png;base64," + Convert.ToBase64String(png.ToArray()),
            IsPixelated = true,
        };
    }

    /// <summary>A picture that shows a text.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator SamplePicture(string text) => FromText(text);

    /// <summary>A picture that shows an image file.</summary>
    /// <param name="file">The whole file.</param>
    public static implicit operator SamplePicture(byte[] file) => FromFile(file);

    /// <summary>Whether samples of a shape are images.</summary>
    internal static bool CanShow(FeatureShape shape) =>
        shape is { Rank: 3, Channels: 1 or 3 }
        && shape[0] is > 1 and <= LargestSide
        && shape[1] is > 1 and <= LargestSide;
}
