using System.IO.Compression;
using NeuralNet.Data.Images.Png;

namespace NeuralNet.Samples.Digits.Images;

/// <summary>Reads PNG images of every kind the format has, as shades of grey.</summary>
/// <remarks>
/// https://www.w3.org/TR/png-3/. Gamma and color profiles are ignored, because only the position of the ink matters.
/// </remarks>
internal static class PngDecoder
{
    /// <summary>True if a file begins with the signature of this format.</summary>
    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(PngSignature.Bytes);

    /// <summary>Reads the image.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static GrayImage Decode(ReadOnlySpan<byte> file)
    {
        PngChunks image = PngChunks.Read(file[PngSignature.Bytes.Length..], ImageFile.RequireSize);
        PngHeader header = image.Header;
        var grid = new PixelGrid(header.Rows, header.Columns);
        try
        {
            using var data = new ZLibStream(new MemoryStream(image.Data), CompressionMode.Decompress);
            foreach (PngPass pass in PngPass.Of(header))
            {
                ReadPass(data, pass, new PngPixels(image), header, grid);
            }
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException("it is truncated: pixels are missing", exception);
        }

        return grid.ToImage();
    }

    private static void ReadPass(
        ZLibStream data, PngPass pass, PngPixels reader, PngHeader header, PixelGrid grid)
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
            for (int j = 0; j < columns; j++)
            {
                (float light, float opacity) = reader.Read(row, j);
                grid.Add(
                    pass.FirstRow + (i * pass.RowStep), pass.FirstColumn + (j * pass.ColumnStep), light, opacity);
            }

            (row, above) = (above, row);
        }
    }
}
