using System.IO.Compression;
using NeuralNet.Data;
using NeuralNet.Guards;
using NeuralNet.Streams;

namespace NeuralNet.Tables.Csv;

/// <summary>Decompresses a gzip file, and tells a cut file from a whole one.</summary>
/// <remarks>
/// The framework's decompressor takes the end of a cut file for the end of the data. So a member with random bytes is
/// joined to the file: only behind a whole file are they found at the end.
/// </remarks>
internal sealed class CsvGzip : ForwardStream
{
    private const int MarkLength = 16;

    private readonly string _name;
    private readonly byte[] _mark = new byte[MarkLength];
    private readonly byte[] _bytes = new byte[MarkLength + (1 << 14)];
    private readonly GZipStream _data;
    private int _start;
    private int _end;
    private bool _isDone;

    /// <summary>Starts to decompress.</summary>
    /// <param name="compressed">The file; it stays open.</param>
    /// <param name="name">The name of the file in messages.</param>
    public CsvGzip(Stream compressed, string name)
    {
        _name = name;
        Random.Shared.NextBytes(_mark);
        var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.NoCompression, leaveOpen: true))
        {
            gzip.Write(_mark);
        }

        member.Position = 0;
        _data = new GZipStream(new JoinedStream(compressed, member), CompressionMode.Decompress);
    }

    /// <summary>True if a file begins as a gzip file does.</summary>
    public static bool IsStart(ReadOnlySpan<byte> start) => start is [0x1F, 0x8B, ..];

    public override int Read(Span<byte> buffer)
    {
        // The last bytes so far are held back: they are data only if others follow.
        while (_end - _start <= MarkLength)
        {
            if (_isDone)
            {
                return 0;
            }

            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            _end -= _start;
            _start = 0;
            int got = Decompress(_bytes.AsSpan(_end));
            _end += got;
            _isDone = got == 0;
            if (_isDone && !_bytes.AsSpan(0, _end).SequenceEqual(_mark))
            {
                throw Damaged("it ends early, or other bytes follow it", null);
            }
        }

        int count = Math.Min(buffer.Length, _end - _start - MarkLength);
        _bytes.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _data.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Decompress(Span<byte> buffer)
    {
        try
        {
            return _data.Read(buffer);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(
                $"its compression cannot be undone ({MessageText.Reason(exception)})", MessageText.Cause(exception));
        }
    }

    private InvalidDataException Damaged(string how, Exception? inner) =>
        new($"'{_name}' is a damaged gzip file: {how}.", inner);
}
