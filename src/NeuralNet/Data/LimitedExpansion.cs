namespace NeuralNet.Data;

/// <summary>
/// What comes out of a decompressor, up to a limit: by default in proportion to the compressed bytes that went into
/// it, because a thousand times as much can come out.
/// </summary>
/// <param name="expanded">What comes out of the decompressor.</param>
/// <param name="compressed">What goes into it.</param>
/// <param name="maxBytes">The most bytes; in proportion if null.</param>
/// <param name="error">Makes the exception from the number of compressed bytes and the limit.</param>
internal sealed class LimitedExpansion(
    Stream expanded, JoinedStream compressed, long? maxBytes, Func<long, long, Exception> error) : Stream
{
    /// <summary>Bytes that may come out for each that goes in; of images, about five do.</summary>
    private const int Expansion = 16;

    /// <summary>Bytes that may come out in any case.</summary>
    private const long LeastLimit = 4 << 20;

    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = expanded.Read(buffer);
        _position += count;
        long limit = maxBytes ?? (LeastLimit + (Expansion * compressed.BytesRead));
        return _position <= limit ? count : throw error(compressed.BytesRead, limit);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
