namespace NeuralNet.Data;

/// <summary>
/// A stream that returns the bytes of one stream and then those of another, such as bytes that were read to recognize a
/// format before the rest. Both stay open.
/// </summary>
/// <remarks>The CSV reader compiles this file, too.</remarks>
internal sealed class JoinedStream(Stream first, Stream second) : Stream
{
    private bool _isFirst = true;

    /// <summary>The number of bytes that were read.</summary>
    public long BytesRead { get; private set; }

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
        if (_isFirst && !buffer.IsEmpty)
        {
            int count = first.Read(buffer);
            if (count > 0)
            {
                BytesRead += count;
                return count;
            }

            _isFirst = false;
        }

        int rest = second.Read(buffer);
        BytesRead += rest;
        return rest;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
