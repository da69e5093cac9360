namespace NeuralNet.Streams;

/// <summary>
/// Reads bytes whose number is not known, or only claimed by a file: memory is taken as they arrive.
/// </summary>
internal static class ArrivingBytes
{
    /// <summary>Reads up to a number of bytes, doubling the memory as they come.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="length">The most bytes to read.</param>
    /// <param name="firstChunk">The number of bytes to make room for at first.</param>
    /// <param name="found">The number of bytes read: fewer where the stream ends before.</param>
    /// <returns>The bytes, in an array that is longer than what was read where the stream ends before.</returns>
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
