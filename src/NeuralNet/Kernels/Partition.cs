namespace NeuralNet.Kernels;

/// <summary>A length divided into parts as equal as possible, the longer ones first.</summary>
internal readonly struct Partition
{
    private readonly int _size;
    private readonly int _longer;

    /// <summary>Divides <paramref name="length"/> into <paramref name="parts"/> parts.</summary>
    public Partition(int length, int parts)
    {
        Parts = parts;
        (_size, _longer) = Math.DivRem(length, parts);
    }

    /// <summary>Number of parts.</summary>
    public int Parts { get; }

    /// <summary>Size of the longest part.</summary>
    public int Longest => _longer > 0 ? _size + 1 : _size;

    /// <summary>
    /// Divides <paramref name="length"/>, at least 1, into the fewest parts no longer than <paramref name="limit"/>.
    /// </summary>
    public static Partition OfAtMost(int limit, int length) => new(length, ((length - 1) / limit) + 1);

    /// <summary>
    /// The start of part <paramref name="index"/>; for <see cref="Parts"/>, the end of the last part.
    /// </summary>
    public int Start(int index) => (index * _size) + Math.Min(index, _longer);

    /// <summary>Size of part <paramref name="index"/>.</summary>
    public int Size(int index) => index < _longer ? _size + 1 : _size;
}
