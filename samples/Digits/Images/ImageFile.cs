namespace NeuralNet.Samples.Digits.Images;

/// <summary>Reads an image in one of the supported formats.</summary>
internal static class ImageFile
{
    // More than any camera gives; a larger image is a mistake, or a file made to take all memory or time.
    private const int MostPixels = 50_000_000;
    private const int LongestSide = 65_535;

    // No image of a digit is longer; this keeps a mistyped name from reading a film.
    private const long MostBytes = 256L << 20;

    /// <summary>Reads a PNG or PGM file as shades of grey.</summary>
    /// <exception cref="SampleException">It cannot be read, is of another format, or is damaged.</exception>
    public static GrayImage Load(string path)
    {
        try
        {
            return Decode(ReadBytes(path));
        }
        catch (Exception exception)
            when (exception is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SampleException($"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads an image out of the bytes of a file.</summary>
    /// <exception cref="InvalidDataException">It is of another format, or is damaged.</exception>
    public static GrayImage Decode(byte[] file)
    {
        if (PngDecoder.IsPng(file))
        {
            return PngDecoder.Decode(file);
        }

        return PgmDecoder.IsPgm(file)
            ? PgmDecoder.Decode(file)
            : throw new InvalidDataException("It is neither a PNG nor a PGM image.");
    }

    /// <summary>Requires a size that an image can have.</summary>
    /// <exception cref="InvalidDataException">It has no pixels, or too many.</exception>
    public static void RequireSize(long rows, long columns)
    {
        if (rows < 1 || columns < 1 || Math.Max(rows, columns) > LongestSide || rows * columns > MostPixels)
        {
            throw new InvalidDataException(
                $"It has {columns} x {rows} pixels; expected at least 1 and at most {MostPixels} altogether, and at "
                + $"most {LongestSide} on a side.");
        }
    }

    private static byte[] ReadBytes(string path)
    {
        // The length of a pipe is not known beforehand.
        using FileStream stream = File.OpenRead(path);
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        int count;
        while ((count = stream.Read(buffer)) > 0)
        {
            if (bytes.Length + count > MostBytes)
            {
                throw new InvalidDataException($"It has more than {MostBytes} bytes.");
            }

            bytes.Write(buffer, 0, count);
        }

        return bytes.ToArray();
    }
}
