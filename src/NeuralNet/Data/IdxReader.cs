using System.Buffers.Binary;
using System.IO.Compression;
using NeuralNet.Guards;
using NeuralNet.Streams;

namespace NeuralNet.Data;

/// <summary>Reads the IDX format of MNIST and similar data sets, raw or gzipped; the first bytes tell which.</summary>
/// <remarks>
/// The format, all numbers big-endian: two zero bytes, a code of the element type, the number of dimensions, the size
/// of each dimension as 32 bits, then the elements. Memory is allocated only as data arrive, so a false header cannot
/// cause a large allocation. Nor can a compressed file, of which at most 4 MB and 16 times the file come out, unless
/// another limit is given.
/// </remarks>
public static class IdxReader
{
    /// <summary>Number of bytes allocated at first, whatever the header says.</summary>
    private const int FirstChunk = 1 << 20;

    /// <summary>
    /// Number of bytes allocated at first for each byte that the stream still has: about the compression ratio of
    /// images.
    /// </summary>
    private const int ExpectedCompression = 8;

    // Bytes that may come out of a compressed file in any case, and for each that goes in; of images, about five do.
    private const long LeastExpanded = 4 << 20;
    private const int Expansion = 16;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">
    /// The most bytes that the file may hold, decompressed. If null, what is compressed may hold 4 MB and 16 times its
    /// length, and what is not may hold anything. Raise it for a file that you trust; another takes that much memory.
    /// </param>
    /// <returns>The contents of the file.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, of another format, or beyond the limit.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IdxArray Read(string path, long? maxBytes = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return Read(stream, path, maxBytes);
    }

    /// <summary>Reads a stream to its end; the stream stays open.</summary>
    /// <param name="stream">The stream, at the start of the data.</param>
    /// <param name="name">The name of the data in messages.</param>
    /// <param name="maxBytes">
    /// The most bytes that the data may have, decompressed. If null, compressed data may have 4 MB and 16 times what
    /// went in, and others any number.
    /// </param>
    /// <returns>The contents of the file.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    /// <exception cref="InvalidDataException">The data are damaged, of another format, or beyond the limit.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static IdxArray Read(Stream stream, string name = "stream", long? maxBytes = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (maxBytes < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(maxBytes), maxBytes, $"The limit must be at least 0 bytes, but it is {maxBytes}.");
        }

        name = MessageText.File(name);
        long firstChunk = stream.CanSeek
            ? Math.Max(FirstChunk, ExpectedCompression * (stream.Length - stream.Position))
            : FirstChunk;
        Span<byte> start = stackalloc byte[2];
        int got = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        using var whole = new JoinedStream(new MemoryStream(start[..got].ToArray()), stream);
        if (got < 2 || start[0] != 0x1F || start[1] != 0x8B)
        {
            return ReadRaw(whole, firstChunk, maxBytes, name);
        }

        using var gzip = new GZipStream(whole, CompressionMode.Decompress);
        using var limited = new LimitedExpansion(
            gzip,
            whole,
            length => maxBytes ?? (LeastExpanded + (Expansion * length)),
            (length, limit) => Error(
                $"'{name}' is refused: from its first {length} compressed bytes come more than the {limit} that may; "
                + $"raise {nameof(maxBytes)} if you trust it."));
        try
        {
            return ReadRaw(limited, firstChunk, maxBytes, name);
        }
        catch (InvalidDataException exception) when (exception.Data[nameof(IdxReader)] is null)
        {
            throw Error(
                $"'{name}' is damaged: its gzip compression cannot be undone ({MessageText.Reason(exception)})",
                MessageText.Cause(exception));
        }
    }

    private static IdxArray ReadRaw(Stream stream, long firstChunk, long? maxBytes, string name)
    {
        Span<byte> magic = stackalloc byte[4];
        ReadHeader(stream, magic, offset: 0, name);
        if (magic[0] != 0 || magic[1] != 0 || !Enum.IsDefined((IdxElementType)magic[2]))
        {
            throw Error(
                $"'{name}' is no IDX file: at offset 0, expected 00 00, an element type of 08, 09 or 0B to 0E, and a "
                + $"number of dimensions, but found {magic[0]:X2} {magic[1]:X2} {magic[2]:X2} {magic[3]:X2}.");
        }

        var type = (IdxElementType)magic[2];
        int[] dimensions = new int[magic[3]];
        long length = IdxArray.ElementSize(type);
        Span<byte> size = stackalloc byte[4];
        for (int i = 0; i < dimensions.Length; i++)
        {
            int offset = 4 + (4 * i);
            ReadHeader(stream, size, offset, name);
            dimensions[i] = BinaryPrimitives.ReadInt32BigEndian(size);
            if (dimensions[i] < 0)
            {
                throw Error(
                    $"'{name}' is damaged: at offset {offset}, expected the size of dimension {i} to be from 0 to "
                    + $"{int.MaxValue}, but found {(uint)dimensions[i]}.");
            }

            // Neither factor exceeds 2³¹, so the product cannot overflow 64 bits.
            length *= dimensions[i];
            if (length > Array.MaxLength)
            {
                throw Error(
                    $"'{name}' is too large or damaged: at offset {offset}, expected dimensions that give at most "
                    + $"{Array.MaxLength} bytes, but found {string.Join(" × ", dimensions[..(i + 1)])} elements, "
                    + $"{length} bytes.");
            }
        }

        int headerLength = 4 + (4 * dimensions.Length);
        if (headerLength + length > maxBytes)
        {
            throw Error(
                $"'{name}' is refused: its header announces {headerLength + length} bytes, more than the {maxBytes} "
                + $"that may come; raise {nameof(maxBytes)} if you trust it.");
        }

        byte[] bytes = ReadElements(stream, (int)length, firstChunk, headerLength, name);
        return new IdxArray(type, dimensions, bytes);
    }

    private static void ReadHeader(Stream stream, Span<byte> destination, int offset, string name)
    {
        int got = stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        if (got < destination.Length)
        {
            throw Error(
                $"'{name}' is truncated: at offset {offset}, expected {destination.Length} bytes of the IDX header, "
                + $"but found {got}.");
        }
    }

    /// <summary>Reads exactly <paramref name="length"/> bytes, which must be the last.</summary>
    private static byte[] ReadElements(Stream stream, int length, long firstChunk, int offset, string name)
    {
        byte[] bytes = ArrivingBytes.Read(stream, length, firstChunk, out int found);
        if (found < length)
        {
            throw Error(
                $"'{name}' is truncated: from offset {offset}, expected {length} bytes of elements as its header says, "
                + $"but found {found}.");
        }

        if (stream.ReadByte() >= 0)
        {
            throw Error(
                $"'{name}' is damaged: at offset {(long)offset + length}, expected its end as its header says, but "
                + "found more bytes.");
        }

        return bytes;
    }

    // Marked, to distinguish our own errors from those of the decompressor.
    private static InvalidDataException Error(string message, Exception? inner = null)
    {
        var exception = new InvalidDataException(message, inner);
        exception.Data[nameof(IdxReader)] = true;
        return exception;
    }
}
