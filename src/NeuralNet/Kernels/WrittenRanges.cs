namespace NeuralNet.Kernels;

/// <summary>
/// The ranges of an array outside of which all elements are 0: the whole array or, of a sparse matrix, the columns that
/// a <see cref="ColumnSet"/> names. Several threads may share them.
/// </summary>
internal ref struct WrittenRanges
{
    private readonly ReadOnlySpan<int> _columns;
    private readonly Partition _shares;
    private readonly int _rows;
    private readonly int _end;
    private int _next;

    private WrittenRanges(ReadOnlySpan<int> columns, int rows, Partition shares, int part, int end)
    {
        _columns = columns;
        _rows = rows;
        _shares = shares;
        _next = part;
        _end = end;
    }

    /// <summary>The range: its first element, and their number.</summary>
    public (int Start, int Length) Current { get; private set; }

    /// <summary>The ranges of one of several parts.</summary>
    /// <param name="length">Number of elements of the array.</param>
    /// <param name="columns">The columns of the matrix in the array; null where it is not sparse.</param>
    /// <param name="part">The part, from 0.</param>
    /// <param name="parts">Number of parts.</param>
    public static WrittenRanges Of(int length, ColumnSet? columns, int part = 0, int parts = 1)
    {
        if (columns is not { IsAll: false })
        {
            return new([], 0, new(length, parts), part, part + 1);
        }

        var shares = new Partition(columns.Columns.Length, parts);
        return new(columns.Columns, length / columns.MatrixColumns, shares, shares.Start(part), shares.Start(part + 1));
    }

    /// <summary>For a loop over the ranges.</summary>
    public readonly WrittenRanges GetEnumerator() => this;

    /// <summary>Goes on to the next range.</summary>
    public bool MoveNext()
    {
        if (_next >= _end)
        {
            return false;
        }

        Current = _rows == 0 ? (_shares.Start(_next), _shares.Size(_next)) : (_columns[_next] * _rows, _rows);
        _next++;
        return true;
    }
}
