using System.IO.Compression;

namespace NeuralNet.Data.Images.Png;

/// <summary>Reads PNG images of every kind the format has (https://www.w3.org/TR/png-3/).</summary>
internal static class PngDecoder
{
    // Deflate makes at most 1032 bytes of one, and a byte holds at most 8 pixels.
    private const int MostPixelsOfByte = 1032 * 8;

    /// <summary>True if a file begins with the signature of this format.</summary>
    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(PngSignature.Bytes);

    /// <summary>Reads the image.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or has too many pixels.</exception>
    public static Image Decode(ReadOnlySpan<byte> file, long maxPixels)
    {
        long mostOfBytes = (long)file.Length * MostPixelsOfByte;
        PngChunks chunks = PngChunks.Read(
            file[PngSignature.Bytes.Length..],
            (height, width) => ImageDecoder.RequireSize(height, width, maxPixels, mostOfBytes));
        PngHeader header = chunks.Header;
        var pixels = new PngPixels(chunks);
        byte[] result = new byte[(long)header.Rows * header.Columns * pixels.Channels];
        try
        {
            using var data = new ZLibStream(new MemoryStream(chunks.Data), CompressionMode.Decompress);
            foreach (PngPass pass in PngPass.Of(header))
            {
                ReadPass(data, pass, pixels, header, result);
            }
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("it is truncated: pixels are missing");
        }

        return new(header.Rows, header.Columns, pixels.Channels, result);
    }

    private static void ReadPass(
        ZLibStream data, PngPass pass, PngPixels pixels, PngHeader header, Span<byte> result)
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
                int pixel = start + (j * pass.ColumnStep);
                pixels.Read(row, j, result.Slice(pixel * pixels.Channels, pixels.Channels));
            }

            (row, above) = (above, row);
        }
    }
}
