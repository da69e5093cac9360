namespace NeuralNet.Streams;

/// <summary>
/// A queue of the bytes of a stream that cannot seek: they are gathered piece by piece and let go as they are read.
/// </summary>
internal sealed class ByteQueue
{
    private const int FirstPiece = 1 << 16;
    private const int LargestPiece = 1 << 20;

    private readonly Queue<byte[]> _pieces = new();
    private int _next;

    /// <summary>Gathers up to a number of bytes; fewer where the stream ends before.</summary>
    public ByteQueue(Stream stream, long length)
    {
        int size = FirstPiece;
        while (Length < length)
        {
            byte[] piece = new byte[Math.Min(size, length - Length)];
            int got = stream.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false);
            Length += got;
            if (got < piece.Length)
            {
                return;
            }

            _pieces.Enqueue(piece);
            size = Math.Min(2 * size, LargestPiece);
        }
    }

    /// <summary>Number of bytes that came.</summary>
    public long Length { get; }

    /// <summary>Takes the next bytes; fewer where there are no more.</summary>
    public int Read(Span<byte> destination)
    {
        int filled = 0;
        while (filled < destination.Length && _pieces.TryPeek(out byte[]? piece))
        {
            int count = Math.Min(piece.Length - _next, destination.Length - filled);
            piece.AsSpan(_next, count).CopyTo(destination[filled..]);
            filled += count;
            _next += count;
            if (_next == piece.Length)
            {
                _pieces.Dequeue();
                _next = 0;
            }
        }

        return filled;
    }
}
