namespace NeuralNet.Fuzz;

/// <summary>A stream like a pipe: it returns bytes piece by piece, has no length and cannot seek.</summary>
internal sealed class OneWayStream(byte[] bytes) : Stream
{
    private const int LargestPiece = 777;
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int got = Math.Min(Math.Min(count, LargestPiece), bytes.Length - _position);
        bytes.AsSpan(_position, got).CopyTo(buffer.AsSpan(offset));
        _position += got;
        return got;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
