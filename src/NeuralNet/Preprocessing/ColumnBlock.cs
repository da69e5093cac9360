using NeuralNet.Guards;

namespace NeuralNet.Preprocessing;

/// <summary>Some columns of a table and their transform.</summary>
public sealed class ColumnBlock
{
    private readonly int[] _columns;

    /// <summary>Makes a block of columns.</summary>
    /// <param name="columns">The columns, from 0, in the order in which the transform takes them.</param>
    /// <param name="transform">The transform of the columns; null to leave them unchanged.</param>
    /// <exception cref="ArgumentException">
    /// There are no columns, a column is negative, or the transform takes another number of them.
    /// </exception>
    public ColumnBlock(IReadOnlyList<int> columns, IFeatureTransform? transform = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _columns = [.. columns];
        if (_columns.Length == 0 || Array.Exists(_columns, column => column < 0))
        {
            throw new ArgumentException(
                $"columns must name at least one column, counted from 0, but they are [{string.Join(", ", _columns)}].",
                nameof(columns));
        }

        if (transform is not null && transform.InputSize != _columns.Length)
        {
            throw new ArgumentException(
                $"The transform takes {Quantity.Of(transform.InputSize, "column")}, but the block has "
                + $"{_columns.Length}.",
                nameof(transform));
        }

        Transform = transform;
    }

    /// <summary>The columns, from 0, in the order in which the transform takes them.</summary>
    public IReadOnlyList<int> Columns => _columns;

    /// <summary>The transform of the columns; null if they are left unchanged.</summary>
    public IFeatureTransform? Transform { get; }

    /// <summary>Number of features that the block gives.</summary>
    public int OutputSize => Transform?.OutputSize ?? _columns.Length;

    internal ReadOnlySpan<int> Indices => _columns;
}
