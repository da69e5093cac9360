using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;

namespace NeuralNet.Data;

/// <summary>
/// Numbers that are kept as bytes, such as the pixels of images: byte b stands for the number b · scale. A quarter of
/// the memory of floats, an eighth of that of doubles.
/// </summary>
/// <remarks>
/// A sample is a column, stored one after the other, as in the matrices of numbers; of an image the elements lie
/// (row, column, channel). A data set made of one converts its samples when they are gathered into a batch: to the same
/// bits as <see cref="ToMatrix"/>.
/// </remarks>
/// <example><code>
/// byte[] pixels = …;          // one image of 28 × 28 after the other
/// var data = DataSet.FromLabels&lt;float&gt;(new ByteMatrix(pixels, 28 * 28, labels.Length), labels, classes: 10);
/// </code></example>
public sealed class ByteMatrix
{
    /// <summary>The scale of pixels that become numbers from 0 to 1.</summary>
    public const double PixelScale = 1.0 / 255;

    /// <summary>Makes a matrix around bytes, which are not copied and must not be written to any more.</summary>
    /// <param name="bytes">The elements, one column after the other.</param>
    /// <param name="rowCount">Number of features.</param>
    /// <param name="columnCount">Number of samples.</param>
    /// <param name="scale">The factor of each byte; 1/255 unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number of rows or columns is below 1, or the scale is not finite.
    /// </exception>
    /// <exception cref="ArgumentException">There are not rows × columns bytes.</exception>
    public ByteMatrix(ReadOnlyMemory<byte> bytes, int rowCount, int columnCount, double scale = PixelScale)
    {
        RowCount = Require.AtLeast(rowCount, 1);
        ColumnCount = Require.AtLeast(columnCount, 1);
        Scale = Require.Finite(scale, nameof(scale));
        if (bytes.Length != (long)rowCount * columnCount)
        {
            throw new ArgumentException(
                $"{rowCount} × {columnCount} elements take {(long)rowCount * columnCount} bytes, but there are "
                + $"{bytes.Length}.",
                nameof(bytes));
        }

        Bytes = bytes;
    }

    /// <summary>The elements, one column after the other.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Number of features, at least 1.</summary>
    public int RowCount { get; }

    /// <summary>Number of samples, at least 1.</summary>
    public int ColumnCount { get; }

    /// <summary>The factor of each byte.</summary>
    public double Scale { get; }

    /// <summary>Rows, columns and scale, as readable text.</summary>
    /// <returns>For example <c>784 × 60000 bytes, times 0.00392</c>.</returns>
    public override string ToString() =>
        FormattableString.Invariant($"{RowCount} × {ColumnCount} bytes, times {Scale:G3}");

    /// <summary>Converts all elements to numbers.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <returns>A matrix of the same shape.</returns>
    public Matrix<T> ToMatrix<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NumberType.Require<T>();
        T[] values = [];
        new ByteInputs<T>(this).Read(0, ColumnCount, ref values);
        return Matrix<T>.Build.Dense(RowCount, ColumnCount, values);
    }
}
