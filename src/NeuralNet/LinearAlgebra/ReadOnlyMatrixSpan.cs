using System.Numerics;
using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;

namespace NeuralNet.LinearAlgebra;

/// <summary>
/// A read-only view of a dense column-major matrix. Every MathNet <see cref="Matrix{T}"/> converts to one implicitly,
/// so a method that takes a view takes a MathNet matrix: a dense one without copying, any other by a dense copy.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct ReadOnlyMatrixSpan<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Views <paramref name="values"/> as a matrix, column after column.</summary>
    /// <param name="values">The elements, column-major; exactly rows × columns of them.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <exception cref="ArgumentException">The number of values is not rows × columns.</exception>
    public ReadOnlyMatrixSpan(ReadOnlySpan<T> values, int rows, int columns)
    {
        RequireLength(values.Length, rows, columns);
        Values = values;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>All elements, column after column.</summary>
    public ReadOnlySpan<T> Values { get; }

    /// <summary>Number of rows; in a batch, the features of a sample.</summary>
    public int Rows { get; }

    /// <summary>Number of columns; in a batch, the samples.</summary>
    public int Columns { get; }

    /// <summary>True if there are no elements.</summary>
    public bool IsEmpty => Values.IsEmpty;

    /// <summary>The element in a row and a column, both counted from 0.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="column">Column, from 0.</param>
    public ref readonly T this[int row, int column] => ref Column(column)[row];

    /// <summary>Returns one column: in a batch, one sample.</summary>
    /// <param name="column">Column, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    /// <returns>The column's elements.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Column(int column) => Values.Slice(Offset(column, Columns, Rows), Rows);

    /// <summary>Returns consecutive columns, as a view of the same memory.</summary>
    /// <param name="start">First column, from 0.</param>
    /// <param name="count">Number of columns.</param>
    /// <returns>The view of those columns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no such columns.</exception>
    public ReadOnlyMatrixSpan<T> ColumnRange(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Columns - start);
        return new(Values.Slice(start * Rows, count * Rows), Rows, count);
    }

    /// <summary>
    /// The same memory with a column per position of a sample: channels × (positions · samples). Of a flat shape it is
    /// this view.
    /// </summary>
    /// <param name="shape">The shape of a column.</param>
    /// <returns>The view.</returns>
    /// <exception cref="ArgumentException">The shape has another size than a column.</exception>
    public ReadOnlyMatrixSpan<T> ByChannel(FeatureShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Size == Rows
            ? new(Values, shape.Channels, Values.Length / shape.Channels)
            : throw new ArgumentException(
                $"A column has {Quantity.Of(Rows, "row")}, but the shape {shape} has {shape.Size}.", nameof(shape));
    }

    /// <summary>Views a MathNet matrix; one that is not dense is copied into a dense one first.</summary>
    /// <param name="matrix">The matrix to view.</param>
    /// <exception cref="ArgumentNullException"><paramref name="matrix"/> is null.</exception>
    public static implicit operator ReadOnlyMatrixSpan<T>(Matrix<T> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new(matrix.AsColumnMajorArray() ?? matrix.ToColumnMajorArray(), matrix.RowCount, matrix.ColumnCount);
    }

    /// <summary>Copies the elements into a new MathNet matrix.</summary>
    /// <returns>A new dense matrix.</returns>
    public Matrix<T> ToMatrix() => Matrix<T>.Build.Dense(Rows, Columns, Values.ToArray());

    // Checked here, because the offset of a column beyond the last might overflow to a valid one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Offset(int column, int columns, int rows)
    {
        if ((uint)column >= (uint)columns)
        {
            ThrowNoColumn(column, columns);
        }

        return column * rows;
    }

    internal static void RequireLength(int length, int rows, int columns)
    {
        if (rows < 0 || columns < 0 || length != (long)rows * columns)
        {
            throw new ArgumentException(
                $"A matrix of {rows} × {columns} needs {Quantity.Of((long)rows * columns, "value")}, but there "
                + $"{(length == 1 ? "is" : "are")} {length}.");
        }
    }

    private static void ThrowNoColumn(int column, int columns) =>
        throw new ArgumentOutOfRangeException(
            nameof(column),
            column,
            $"There {Quantity.Are(columns, "column")}, counted from 0, but column {column} was asked for.");
}
