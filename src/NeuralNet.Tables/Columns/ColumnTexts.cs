namespace NeuralNet.Tables.Columns;

/// <summary>The different texts of a column as they are written, each once, with a number from 0.</summary>
internal sealed class ColumnTexts : IEqualityComparer<int>, IAlternateEqualityComparer<ReadOnlySpan<byte>, int>
{
    private readonly Dictionary<int, int> _codes;
    private readonly List<int> _ends = [];
    private byte[] _bytes = [];

    public ColumnTexts() => _codes = new(this);

    /// <summary>Number of different texts.</summary>
    public int Count => _ends.Count;

    /// <summary>The text of a number, UTF-8.</summary>
    public ReadOnlySpan<byte> this[int code]
    {
        get
        {
            int start = code == 0 ? 0 : _ends[code - 1];
            return _bytes.AsSpan(start, _ends[code] - start);
        }
    }

    /// <summary>Finds the number of a text.</summary>
    /// <param name="text">The text, UTF-8.</param>
    /// <returns>Its number, or −1 if it is new.</returns>
    public int Find(ReadOnlySpan<byte> text) =>
        _codes.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(text, out int code) ? code : -1;

    /// <summary>Finds the number of a text, or gives it the next.</summary>
    /// <param name="text">The text, UTF-8.</param>
    /// <returns>Its number, or −1 if there is no more room for a new text.</returns>
    public int Add(ReadOnlySpan<byte> text)
    {
        int code = Find(text);
        if (code >= 0)
        {
            return code;
        }

        int start = Count == 0 ? 0 : _ends[^1];
        if (start > Array.MaxLength - text.Length)
        {
            return -1;
        }

        if (_bytes.Length < start + text.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(16, 2L * (start + text.Length)), Array.MaxLength));
        }

        text.CopyTo(_bytes.AsSpan(start));
        code = Count;
        _ends.Add(start + text.Length);
        _codes.Add(code, code);
        return code;
    }

    /// <inheritdoc/>
    bool IEqualityComparer<int>.Equals(int x, int y) => x == y;

    /// <inheritdoc/>
    int IEqualityComparer<int>.GetHashCode(int obj) => HashOf(this[obj]);

    /// <inheritdoc/>
    bool IAlternateEqualityComparer<ReadOnlySpan<byte>, int>.Equals(ReadOnlySpan<byte> alternate, int other) =>
        alternate.SequenceEqual(this[other]);

    /// <inheritdoc/>
    int IAlternateEqualityComparer<ReadOnlySpan<byte>, int>.GetHashCode(ReadOnlySpan<byte> alternate) =>
        HashOf(alternate);

    /// <inheritdoc/>
    int IAlternateEqualityComparer<ReadOnlySpan<byte>, int>.Create(ReadOnlySpan<byte> alternate) => Add(alternate);

    private static int HashOf(ReadOnlySpan<byte> text)
    {
        var hash = default(HashCode);
        hash.AddBytes(text);
        return hash.ToHashCode();
    }
}
