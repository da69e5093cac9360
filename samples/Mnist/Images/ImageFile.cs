namespace NeuralNet.Samples.Mnist.Images;

/// <summary>Reads an image in one of the supported formats.</summary>
internal static class ImageFile
{
    /// <summary>
    /// Largest number of pixels of an image; a larger one is a mistake, or a file made to take all memory.
    /// </summary>
    public const int MostPixels = 50_000_000;

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
        if (rows < 1 || columns < 1 || rows > MostPixels || columns > MostPixels || rows * columns > MostPixels)
        {
            throw new InvalidDataException(
                $"It has {columns} x {rows} pixels; expected at least 1 and at most {MostPixels} altogether.");
        }
    }

    private static byte[] ReadBytes(string path)
    {
        using FileStream stream = File.OpenRead(path);
        if (stream.Length > MostBytes)
        {
            throw new InvalidDataException($"It has {stream.Length} bytes; expected at most {MostBytes}.");
        }

        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
