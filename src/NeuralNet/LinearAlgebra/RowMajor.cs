using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.LinearAlgebra;

/// <summary>Copies between rows, stored one after the other as in files, and a part of a column-major matrix.</summary>
internal static class RowMajor
{
    // Number of rows copied at a time: so many elements of a column are one or two cache lines.
    private const int TileRows = 16;

    /// <summary>Copies rows into the part of a matrix that begins at a row and a column.</summary>
    /// <param name="rows">Row after row of the part, without gaps.</param>
    /// <param name="columns">Length of such a row.</param>
    /// <param name="matrix">The matrix.</param>
    /// <param name="row">The part's first row.</param>
    /// <param name="column">The part's first column.</param>
    // Optimized from the first call on, because a large model is loaded once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyTo<T>(ReadOnlySpan<T> rows, int columns, MatrixSpan<T> matrix, int row, int column)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = rows.Length / columns;
        for (int first = 0; first < count; first += TileRows)
        {
            int height = Math.Min(TileRows, count - first);
            ReadOnlySpan<T> tile = rows.Slice(first * columns, height * columns);
            for (int j = 0; j < columns; j++)
            {
                Span<T> to = matrix.Column(column + j).Slice(row + first, height);
                int from = j;
                for (int i = 0; i < to.Length; i++)
                {
                    to[i] = tile[from];
                    from += columns;
                }
            }
        }
    }

    /// <summary>Copies the part of a matrix that begins at a row and a column into rows.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="row">The part's first row.</param>
    /// <param name="column">The part's first column.</param>
    /// <param name="rows">The destination: row after row of the part, without gaps.</param>
    /// <param name="columns">Length of such a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyFrom<T>(ReadOnlyMatrixSpan<T> matrix, int row, int column, Span<T> rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = rows.Length / columns;
        for (int first = 0; first < count; first += TileRows)
        {
            int height = Math.Min(TileRows, count - first);
            Span<T> tile = rows.Slice(first * columns, height * columns);
            for (int j = 0; j < columns; j++)
            {
                ReadOnlySpan<T> from = matrix.Column(column + j).Slice(row + first, height);
                int to = j;
                for (int i = 0; i < from.Length; i++)
                {
                    tile[to] = from[i];
                    to += columns;
                }
            }
        }
    }
}
