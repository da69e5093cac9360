using NeuralNet.Streams;

namespace NeuralNet.Data;

/// <summary>
/// A stream that returns the bytes of one stream and then those of another, such as bytes that were read to recognize a
/// format before the rest. Both stay open.
/// </summary>
/// <remarks>The CSV reader compiles this file, too.</remarks>
internal sealed class JoinedStream(Stream first, Stream second) : ForwardStream
{
    private bool _isFirst = true;

    /// <summary>The number of bytes that were read.</summary>
    public long BytesRead { get; private set; }

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
}
