using System.Numerics;
using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.LinearAlgebra;

/// <summary>
/// A writable view of a dense column-major matrix in memory that it does not own, as <see cref="Span{T}"/> is a view of
/// an array. A batch of activations is such a matrix, features × samples, each sample a contiguous column.
/// A dense MathNet <see cref="Matrix{T}"/> converts to one implicitly, and is written to where it is.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct MatrixSpan<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Views <paramref name="values"/> as a matrix, column after column.</summary>
    /// <param name="values">The elements, column-major; exactly rows × columns of them.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <exception cref="ArgumentException">The number of values is not rows × columns.</exception>
    public MatrixSpan(Span<T> values, int rows, int columns)
    {
        ReadOnlyMatrixSpan<T>.RequireLength(values.Length, rows, columns);
        Values = values;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>All elements, column after column.</summary>
    public Span<T> Values { get; }

    /// <summary>Number of rows; in a batch, the features of a sample.</summary>
    public int Rows { get; }

    /// <summary>Number of columns; in a batch, the samples.</summary>
    public int Columns { get; }

    /// <summary>
    /// True if there are no elements. An empty view passed for a result means that the result is not needed.
    /// </summary>
    public bool IsEmpty => Values.IsEmpty;

    /// <summary>The element in a row and a column, both counted from 0.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="column">Column, from 0.</param>
    public ref T this[int row, int column] => ref Column(column)[row];

    /// <summary>Returns one column: in a batch, one sample.</summary>
    /// <param name="column">Column, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    /// <returns>The column's elements, writable.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Column(int column) => Values.Slice(ReadOnlyMatrixSpan<T>.Offset(column, Columns, Rows), Rows);

    /// <summary>Returns consecutive columns, as a view of the same memory.</summary>
    /// <param name="start">First column, from 0.</param>
    /// <param name="count">Number of columns.</param>
    /// <returns>The view of those columns, writable.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no such columns.</exception>
    public MatrixSpan<T> ColumnRange(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Columns - start);
        return new(Values.Slice(start * Rows, count * Rows), Rows, count);
    }

    /// <summary>Returns the beginning of the same memory as a matrix of fewer rows and as many columns.</summary>
    internal MatrixSpan<T> WithRows(int rows) => new(Values[..(rows * Columns)], rows, Columns);

    /// <summary>
    /// The same memory with a column per position of a sample: channels × (positions · samples). Of a flat shape it is
    /// this view.
    /// </summary>
    /// <param name="shape">The shape of a column.</param>
    /// <returns>The view, writable.</returns>
    /// <exception cref="ArgumentException">The shape has another size than a column.</exception>
    public MatrixSpan<T> ByChannel(FeatureShape shape)
    {
        ReadOnlyMatrixSpan<T> view = ((ReadOnlyMatrixSpan<T>)this).ByChannel(shape);
        return new(Values, view.Rows, view.Columns);
    }

    /// <summary>The same memory, read only.</summary>
    /// <param name="matrix">The view to restrict.</param>
    public static implicit operator ReadOnlyMatrixSpan<T>(MatrixSpan<T> matrix) =>
        new(matrix.Values, matrix.Rows, matrix.Columns);

    /// <summary>Views a dense MathNet matrix, which is written to through the view.</summary>
    /// <param name="matrix">The matrix to view.</param>
    /// <exception cref="ArgumentNullException"><paramref name="matrix"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// It is not dense: its elements do not lie in one array, so they cannot be written to.
    /// </exception>
    public static implicit operator MatrixSpan<T>(Matrix<T> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        T[] values = matrix.AsColumnMajorArray() ?? throw new ArgumentException(
            "Expected a dense matrix to write to, but its elements do not lie in one array. Make one with "
            + "Matrix<T>.Build.Dense.",
            nameof(matrix));
        return new(values, matrix.RowCount, matrix.ColumnCount);
    }

    /// <summary>Copies the elements into a new MathNet matrix.</summary>
    /// <returns>A new dense matrix.</returns>
    public Matrix<T> ToMatrix() => ((ReadOnlyMatrixSpan<T>)this).ToMatrix();
}
