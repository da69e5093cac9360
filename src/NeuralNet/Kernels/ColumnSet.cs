namespace NeuralNet.Kernels;

/// <summary>
/// The columns of a sparse matrix that may differ from 0; all others are 0. It takes memory for each column of the
/// matrix, but its operations take time for its own columns only.
/// </summary>
internal sealed class ColumnSet(int matrixColumns)
{
    // The round in which a column was added last; all that are of this round are in the set.
    private readonly int[] _rounds = new int[matrixColumns];
    private readonly int[] _columns = new int[matrixColumns];
    private int _round = 1;
    private int _count;
    private bool _isShared;
    private bool _isAll;

    /// <summary>Number of columns of the matrix.</summary>
    public int MatrixColumns => matrixColumns;

    /// <summary>Whether every column may differ from 0.</summary>
    public bool IsAll => _isAll || _isShared;

    /// <summary>The columns, in the order in which they were added; not to be asked for where all may differ.</summary>
    public ReadOnlySpan<int> Columns => _columns.AsSpan(0, _count);

    /// <summary>Makes it empty.</summary>
    public void Clear()
    {
        if (_round == int.MaxValue)
        {
            Array.Clear(_rounds);
            _round = 0;
        }

        _round++;
        _count = 0;
        _isAll = false;
    }

    /// <summary>Adds a column.</summary>
    public void Add(int column)
    {
        if (_rounds[column] != _round)
        {
            _rounds[column] = _round;
            _columns[_count++] = column;
        }
    }

    /// <summary>Adds the columns of another set; every column if it is null.</summary>
    public void AddAll(ColumnSet? other)
    {
        if (other is not { IsAll: false })
        {
            AddAll();
            return;
        }

        foreach (int column in other.Columns)
        {
            Add(column);
        }
    }

    /// <summary>Adds every column, as when the matrix was written by someone who does not say where.</summary>
    public void AddAll() => _isAll = true;

    /// <summary>Has every column from now on: someone else has the matrix and may write to it at any time.</summary>
    public void Share() => _isShared = true;
}
