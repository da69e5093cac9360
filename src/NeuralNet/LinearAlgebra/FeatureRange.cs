using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;

namespace NeuralNet.LinearAlgebra;

/// <summary>
/// A range of the rows of a sample that has a name and a shape: one of the inputs or of the outputs of a network.
/// </summary>
public sealed class FeatureRange : IEquatable<FeatureRange>
{
    internal FeatureRange(string name, FeatureShape shape, int start, FeatureLayout layout)
    {
        Name = name;
        Shape = shape;
        Start = start;
        Layout = layout;
    }

    /// <summary>The name, such as <c>price</c>.</summary>
    public string Name { get; }

    /// <summary>The shape in which the rows of the range are read.</summary>
    public FeatureShape Shape { get; }

    /// <summary>The first row, from zero.</summary>
    public int Start { get; }

    /// <summary>Number of rows.</summary>
    public int Size => Shape.Size;

    /// <summary>All ranges of a sample, this one among them.</summary>
    public FeatureLayout Layout { get; }

    /// <summary>The rows of the range of one sample.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="sample">All rows of the sample.</param>
    /// <returns>A view of <see cref="Size"/> rows.</returns>
    /// <exception cref="ArgumentException">The sample has not as many rows as the layout.</exception>
    public ReadOnlySpan<T> Of<T>(ReadOnlySpan<T> sample)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        RequireRows(sample.Length, nameof(sample));
        return sample.Slice(Start, Size);
    }

    /// <summary>The rows of the range of one sample.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="sample">All rows of the sample.</param>
    /// <returns>A new vector of <see cref="Size"/> rows.</returns>
    /// <exception cref="ArgumentException">The sample has not as many rows as the layout.</exception>
    public Vector<T> Of<T>(Vector<T> sample)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(sample);
        RequireRows(sample.Count, nameof(sample));
        return sample.SubVector(Start, Size);
    }

    /// <summary>The rows of the range of a batch, such as one of the outputs of a prediction.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="samples">All rows, a sample per column.</param>
    /// <returns>A new matrix, <see cref="Size"/> × batch.</returns>
    /// <exception cref="ArgumentException">The samples have not as many rows as the layout.</exception>
    public Matrix<T> Of<T>(Matrix<T> samples)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(samples);
        return Of<T>((ReadOnlyMatrixSpan<T>)samples);
    }

    /// <summary>The rows of the range of a batch, such as one of the targets of a data set.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="samples">All rows, a sample per column.</param>
    /// <returns>A new matrix, <see cref="Size"/> × batch.</returns>
    /// <exception cref="ArgumentException">The samples have not as many rows as the layout.</exception>
    public Matrix<T> Of<T>(ReadOnlyMatrixSpan<T> samples)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        RequireRows(samples.Rows, nameof(samples));
        Matrix<T> range = Matrix<T>.Build.Dense(Size, samples.Columns);
        CopyTo(samples, new(range.AsColumnMajorArray(), Size, samples.Columns));
        return range;
    }

    /// <summary>Whether two ranges have the same name, shape and rows.</summary>
    /// <param name="other">The other range.</param>
    /// <returns>True if they have.</returns>
    public bool Equals(FeatureRange? other) =>
        other is not null && Name == other.Name && Shape == other.Shape && Start == other.Start;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FeatureRange);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Shape, Start);

    /// <summary>The name and the shape.</summary>
    /// <returns>For example <c>image: 28 × 28 × 1</c>.</returns>
    public override string ToString() => $"{Name}: {Shape}";

    /// <summary>Copies the rows of the range out of samples.</summary>
    internal void CopyTo<T>(ReadOnlyMatrixSpan<T> samples, MatrixSpan<T> range)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        for (int j = 0; j < samples.Columns; j++)
        {
            samples.Column(j).Slice(Start, Size).CopyTo(range.Column(j));
        }
    }

    /// <summary>Copies the rows of the range into samples.</summary>
    internal void CopyFrom<T>(ReadOnlyMatrixSpan<T> range, MatrixSpan<T> samples)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        for (int j = 0; j < samples.Columns; j++)
        {
            range.Column(j).CopyTo(samples.Column(j).Slice(Start, Size));
        }
    }

    /// <summary>Refuses samples that have not as many rows as the layout.</summary>
    internal void RequireRows(int rows, string argument)
    {
        if (rows != Layout.Size)
        {
            throw new ArgumentException(
                $"'{Name}' is a range of samples of {Quantity.Of(Layout.Size, "row")} ({Layout}), but there "
                + $"{Quantity.Are(rows, "row")}.",
                argument);
        }
    }
}
