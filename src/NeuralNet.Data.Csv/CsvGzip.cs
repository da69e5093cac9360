using System.IO.Compression;

namespace NeuralNet.Data.Csv;

/// <summary>Decompresses a gzip file, up to a number of bytes, and tells a cut file from a whole one.</summary>
/// <remarks>
/// The framework's decompressor takes the end of a cut file for the end of the data. So a member with random bytes is
/// joined to the file: only behind a whole file are they found at the end.
/// </remarks>
internal sealed class CsvGzip : Stream
{
    private const int MarkLength = 16;

    // Bytes that may come out in any case, and for each that goes in; of real tables 5 to 20 do.
    private const long LeastLimit = 16 << 20;
    private const int Expansion = 32;

    private readonly string _name;
    private readonly long? _most;
    private readonly JoinedStream _compressed;
    private readonly byte[] _mark = new byte[MarkLength];
    private readonly byte[] _bytes = new byte[MarkLength + (1 << 14)];
    private readonly GZipStream _data;
    private int _start;
    private int _end;
    private long _total;
    private bool _isDone;

    /// <summary>Starts to decompress.</summary>
    /// <param name="compressed">The file; it stays open.</param>
    /// <param name="most">The largest number of bytes of the data; in proportion to the file if null.</param>
    /// <param name="name">The name of the file in messages.</param>
    public CsvGzip(Stream compressed, long? most, string name)
    {
        _name = name;
        _most = most;
        Random.Shared.NextBytes(_mark);
        var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.NoCompression, leaveOpen: true))
        {
            gzip.Write(_mark);
        }

        member.Position = 0;
        _compressed = new JoinedStream(compressed, member);
        _data = new GZipStream(_compressed, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>True if a file begins as a gzip file does.</summary>
    public static bool IsStart(ReadOnlySpan<byte> start) => start is [0x1F, 0x8B, ..];

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

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
            _total += got;
            _isDone = got == 0;
            if (_isDone && !_bytes.AsSpan(0, _end).SequenceEqual(_mark))
            {
                throw Damaged("it ends early, or other bytes follow it", null);
            }

            long limit = _most ?? (LeastLimit + (Expansion * _compressed.BytesRead));
            if (_total - MarkLength > limit)
            {
                throw new InvalidDataException(
                    $"'{_name}' holds more than the {limit} bytes of text that {nameof(CsvOptions)}."
                    + $"{nameof(CsvOptions.MaxDecompressedBytes)} allows a compressed file"
                    + (_most is null ? " of its length; set it if you trust the file." : "."));
            }
        }

        int count = Math.Min(buffer.Length, _end - _start - MarkLength);
        _bytes.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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
            throw Damaged($"its compression cannot be undone ({exception.Message})", exception);
        }
    }

    private InvalidDataException Damaged(string how, Exception? inner) =>
        new($"'{_name}' is a damaged gzip file: {how}.", inner);
}
