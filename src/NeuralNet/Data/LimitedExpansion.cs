using NeuralNet.Streams;

namespace NeuralNet.Data;

/// <summary>
/// The bytes that come out of a decompressor, up to a limit that follows from the compressed bytes that went into it: a
/// thousand times as much can come out.
/// </summary>
/// <remarks>The CSV reader compiles this file, too.</remarks>
/// <param name="expanded">The decompressor.</param>
/// <param name="compressed">The stream that it reads.</param>
/// <param name="limit">The most bytes that may come out of a number of compressed bytes.</param>
/// <param name="error">Makes the exception from the number of compressed bytes and the limit.</param>
internal sealed class LimitedExpansion(
    Stream expanded, JoinedStream compressed, Func<long, long> limit, Func<long, long, Exception> error)
    : ForwardStream
{
    private long _position;

    public override int Read(Span<byte> buffer)
    {
        int count = expanded.Read(buffer);
        _position += count;
        long most = limit(compressed.BytesRead);
        return _position <= most ? count : throw error(compressed.BytesRead, most);
    }
}
