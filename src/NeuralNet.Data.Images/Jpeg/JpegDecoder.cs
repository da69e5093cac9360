using BitMiracle.LibJpeg.Classic;

namespace NeuralNet.Data.Images.Jpeg;

/// <summary>Reads JPEG images, grey or coloured, with the managed port of the IJG's library.</summary>
internal static class JpegDecoder
{
    // Of the channel with the most samples, each block of 64 takes at least one bit.
    private const int MostPixelsOfByte = 8 * 64;

    /// <summary>True if a file begins as this format does.</summary>
    public static bool IsJpeg(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    /// <summary>Reads the image, turned as its EXIF orientation says.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or has too many pixels.</exception>
    public static Image Decode(byte[] file, long maxPixels)
    {
        try
        {
            return JpegOrientation.Turn(DecodeUpright(file, maxPixels), JpegOrientation.Of(file));
        }
#pragma warning disable CA1031 // Damaged tables lead the decoder beyond its arrays, or to arithmetic without a meaning.
        catch (Exception exception) when (exception is not (InvalidDataException or OutOfMemoryException))
#pragma warning restore CA1031
        {
            throw new InvalidDataException("it is damaged", exception);
        }
    }

    private static Image DecodeUpright(byte[] file, long maxPixels)
    {
        var decoder = new jpeg_decompress_struct(new JpegErrors());
        decoder.jpeg_stdio_src(new MemoryStream(file, writable: false));
        decoder.jpeg_read_header(require_image: true);
        ImageDecoder.RequireSize(
            decoder.Image_height, decoder.Image_width, maxPixels, (long)file.Length * MostPixelsOfByte);
        if (decoder.Num_components is not (1 or 3))
        {
            throw new InvalidDataException(
                $"it is a JPEG image of {decoder.Num_components} channels, such as for print; save it as RGB");
        }

        decoder.Out_color_space = decoder.Num_components == 1 ? J_COLOR_SPACE.JCS_GRAYSCALE : J_COLOR_SPACE.JCS_RGB;
        decoder.jpeg_start_decompress();
        int rowLength = decoder.Output_width * decoder.Output_components;
        byte[] pixels = new byte[decoder.Output_height * rowLength];
        byte[][] row = [new byte[rowLength]];
        for (int start = 0; start < pixels.Length; start += rowLength)
        {
            decoder.jpeg_read_scanlines(row, 1);
            row[0].CopyTo(pixels, start);
        }

        decoder.jpeg_finish_decompress();
        return new(decoder.Output_height, decoder.Output_width, decoder.Output_components, pixels);
    }
}
