using NeuralNet.Data.Images.Jpeg;
using NeuralNet.Data.Images.Png;

namespace NeuralNet.Data.Images;

/// <summary>Decodes images by what their first bytes say that they are.</summary>
internal static class ImageDecoder
{
    /// <summary>Decodes an image.</summary>
    /// <exception cref="InvalidDataException">It is damaged, of another format, or has too many pixels.</exception>
    public static Image Decode(byte[] file, long maxPixels)
    {
        if (PngDecoder.IsPng(file))
        {
            return PngDecoder.Decode(file, maxPixels);
        }

        return JpegDecoder.IsJpeg(file)
            ? JpegDecoder.Decode(file, maxPixels)
            : throw new InvalidDataException("it is neither a PNG nor a JPEG image");
    }

    /// <summary>Requires a size that an image may have, before memory is taken for it.</summary>
    /// <param name="height">The height in the header.</param>
    /// <param name="width">The width in the header.</param>
    /// <param name="maxPixels">The most pixels.</param>
    /// <param name="mostOfBytes">The most pixels that the bytes of the file could hold.</param>
    /// <exception cref="InvalidDataException">It has no pixels, or too many.</exception>
    public static void RequireSize(long height, long width, long maxPixels, long mostOfBytes)
    {
        if (height < 1 || width < 1)
        {
            throw new InvalidDataException($"it is damaged: its header says {width} × {height} pixels");
        }

        // Sides have up to 32 bits, so their product might not have 63; and a pixel takes up to four bytes of an array.
        long most = Math.Min(maxPixels, Array.MaxLength / 4);
        if (Math.Max(height, width) > int.MaxValue || height * width > most)
        {
            throw new InvalidDataException(
                $"its header says {width} × {height} pixels, more than {most}"
                + (most == maxPixels ? "; raise ImageOptions.MaxPixels for a file that you trust" : ""));
        }

        if (height * width > mostOfBytes)
        {
            throw new InvalidDataException(
                $"it is truncated or damaged: it has too few bytes for {width} × {height} pixels");
        }
    }
}
