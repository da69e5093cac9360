namespace NeuralNet.Data.Images;

/// <summary>Reads the bytes of an image file.</summary>
internal static class ImageBytes
{
    // No photo is longer; this keeps a mistyped name from reading a film.
    private const long MostBytes = 512L << 20;

    /// <summary>Reads a stream to its end, whose length need not be known: memory is taken as bytes arrive.</summary>
    /// <exception cref="InvalidDataException">It is empty, or too long.</exception>
    public static byte[] Read(Stream stream)
    {
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        int count;
        while ((count = stream.Read(buffer)) > 0)
        {
            if (bytes.Length + count > MostBytes)
            {
                throw new InvalidDataException($"it has more than {MostBytes} bytes");
            }

            bytes.Write(buffer, 0, count);
        }

        return bytes.Length > 0 ? bytes.ToArray() : throw new InvalidDataException("it is empty");
    }
}
