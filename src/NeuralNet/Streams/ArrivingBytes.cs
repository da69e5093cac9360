namespace NeuralNet.Streams;

/// <summary>
/// Reads as many bytes as a file claims to have: memory is taken as they arrive, for a claim alone may be false.
/// </summary>
internal static class ArrivingBytes
{
    /// <summary>Reads a number of bytes, with memory that doubles as they arrive.</summary>
    /// <param name="stream">Where from.</param>
    /// <param name="length">How many there should be.</param>
    /// <param name="firstChunk">How many to make room for before any has come, where there should be more.</param>
    /// <param name="found">How many there were.</param>
    /// <returns>The bytes; of a stream that ends before, an array that is longer than what was found.</returns>
    public static byte[] Read(Stream stream, int length, long firstChunk, out int found)
    {
        byte[] bytes = new byte[Math.Min(length, firstChunk)];
        found = 0;
        while (true)
        {
            found += stream.ReadAtLeast(bytes.AsSpan(found), bytes.Length - found, throwOnEndOfStream: false);
            if (found < bytes.Length || found == length)
            {
                return bytes;
            }

            Array.Resize(ref bytes, (int)Math.Min(length, 2L * found));
        }
    }
}
