using NeuralNet.Streams;

namespace NeuralNet.Fuzz;

/// <summary>A stream like a pipe: it returns bytes piece by piece, has no length and cannot seek.</summary>
internal sealed class OneWayStream(byte[] bytes) : ForwardStream
{
    private const int LargestPiece = 777;
    private int _position;

    public override int Read(Span<byte> buffer)
    {
        int got = Math.Min(Math.Min(buffer.Length, LargestPiece), bytes.Length - _position);
        bytes.AsSpan(_position, got).CopyTo(buffer);
        _position += got;
        return got;
    }
}
