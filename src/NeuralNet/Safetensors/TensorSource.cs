using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Streams;

namespace NeuralNet.Safetensors;

/// <summary>
/// Reads a safetensors file from front to back, each tensor straight into its place. No memory is taken before <see
/// cref="RequireComplete"/> has found that all bytes are there.
/// </summary>
internal sealed class TensorSource
{
    private readonly Stream _stream;
    private readonly TensorScratch _scratch = new();
    private ByteQueue? _arrived;
    private long _position;

    /// <summary>Reads the header.</summary>
    /// <exception cref="InvalidDataException">It is malformed.</exception>
    public TensorSource(Stream stream, string name)
    {
        _stream = stream;
        Name = MessageText.File(name);
        Header = SafetensorsHeader.Read(stream, Name);
        ByName = Header.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>The name of the file in messages.</summary>
    public string Name { get; }

    /// <summary>The header of the file.</summary>
    public SafetensorsHeader Header { get; }

    /// <summary>The tensors of the file by name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> ByName { get; }

    /// <summary>
    /// Refuses a file that has fewer or more bytes than its header says. A stream that does not know its length is read
    /// to its end, and its bytes are kept.
    /// </summary>
    /// <exception cref="InvalidDataException">It is truncated, or goes on.</exception>
    public void RequireComplete()
    {
        long expected = Header.Entries.Count == 0 ? 0 : Header.Entries[^1].End;
        long found;
        if (_stream.CanSeek)
        {
            found = Math.Max(0, _stream.Length - _stream.Position);
        }
        else
        {
            _arrived = new ByteQueue(_stream, expected);
            found = _arrived.Length;
            found += found == expected && _stream.ReadByte() >= 0 ? 1 : 0;
        }

        if (found < expected)
        {
            throw Truncated(Header.Entries.First(entry => entry.End > found));
        }

        if (found > expected)
        {
            throw new InvalidDataException($"'{Name}' is damaged: there are more bytes behind its last tensor.");
        }
    }

    /// <summary>Reads a tensor, which must not lie before the one read last.</summary>
    /// <exception cref="InvalidDataException">The file ends within it.</exception>
    public void Read<T>(TensorEntry entry, MatrixSpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Skip(entry.Begin - _position);
        if (!TensorData.TryRead(ReadBytes, entry.Dtype, entry.ElementSize, values, _scratch))
        {
            throw Truncated(entry);
        }

        _position = entry.End;
    }

    private void Skip(long count)
    {
        Span<byte> ignored = stackalloc byte[1024];
        while (count > 0)
        {
            int length = (int)Math.Min(count, ignored.Length);
            if (ReadBytes(ignored[..length]) < length)
            {
                return;
            }

            count -= length;
        }
    }

    private int ReadBytes(Span<byte> destination) =>
        _arrived?.Read(destination) ?? _stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);

    private InvalidDataException Truncated(TensorEntry entry) => new(
        $"'{Name}' is truncated: it ends within {entry}, which goes from byte {entry.Begin} to {entry.End} behind the "
        + "header.");
}
