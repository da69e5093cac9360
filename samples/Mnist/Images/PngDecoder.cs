using System.IO.Compression;

namespace NeuralNet.Samples.Mnist.Images;

/// <summary>Reads PNG images of every kind the format has, as shades of grey.</summary>
/// <remarks>
/// https://www.w3.org/TR/png-3/. Gamma and color profiles are ignored, because only the position of the ink matters.
/// Transparent parts show white paper, or black if the drawing is light.
/// </remarks>
internal static class PngDecoder
{
    /// <summary>The signature of every PNG file.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>True if a file begins with the signature of this format.</summary>
    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>Reads the image.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static GrayImage Decode(ReadOnlySpan<byte> file)
    {
        PngChunks image = PngChunks.Read(file[Signature.Length..]);
        PngHeader header = image.Header;
        var pixels = new PngPixel[header.Rows * header.Columns];
        try
        {
            using var data = new ZLibStream(new MemoryStream(image.Data), CompressionMode.Decompress);
            foreach (PngPass pass in PngPass.Of(header))
            {
                ReadPass(data, pass, new PngPixels(image), header, pixels);
            }
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException("The PNG image is truncated: pixels are missing.", exception);
        }

        return new(header.Rows, header.Columns, Flatten(pixels));
    }

    private static void ReadPass(
        ZLibStream data, PngPass pass, PngPixels reader, PngHeader header, PngPixel[] pixels)
    {
        (int rows, int columns) = (pass.Rows(header), pass.Columns(header));
        if (columns == 0)
        {
            return;
        }

        byte[] row = new byte[header.RowLength(columns)];
        byte[] above = new byte[row.Length];
        for (int i = 0; i < rows; i++)
        {
            int filter = data.ReadByte();
            if (filter < 0)
            {
                throw new EndOfStreamException();
            }

            data.ReadExactly(row);
            PngFilter.Undo(filter, row, above, header.FilterDistance);
            int start = ((pass.FirstRow + (i * pass.RowStep)) * header.Columns) + pass.FirstColumn;
            for (int j = 0; j < columns; j++)
            {
                pixels[start + (j * pass.ColumnStep)] = reader.Read(row, j);
            }

            (row, above) = (above, row);
        }
    }

    private static float[] Flatten(PngPixel[] pixels)
    {
        double opacity = pixels.Sum(pixel => (double)pixel.Opacity);
        double light = pixels.Sum(pixel => (double)pixel.Opacity * pixel.Light);
        bool isLightInk = opacity < pixels.Length && light > opacity / 2;
        float ground = isLightInk ? 0 : 1;
        return Array.ConvertAll(pixels, pixel => (pixel.Opacity * pixel.Light) + ((1 - pixel.Opacity) * ground));
    }
}
