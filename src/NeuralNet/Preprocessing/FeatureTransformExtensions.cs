using MathNet.Numerics.LinearAlgebra;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Preprocessing;

/// <summary>Transforms whole matrices and single samples into new ones.</summary>
public static class FeatureTransformExtensions
{
    /// <summary>Transforms samples.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="transform">The transform.</param>
    /// <param name="input">A sample per column.</param>
    /// <returns>A new matrix, a transformed sample per column.</returns>
    /// <exception cref="ArgumentException">
    /// The number of features is wrong, or a value is one that the transform refuses.
    /// </exception>
    public static Matrix<T> Transform<T>(this IFeatureTransform transform, Matrix<T> input)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(input);
        Matrix<T> output = Matrix<T>.Build.Dense(transform.OutputSize, input.ColumnCount);
        transform.Transform(input, new MatrixSpan<T>(output.AsColumnMajorArray(), output.RowCount, output.ColumnCount));
        return output;
    }

    /// <summary>Transforms one sample.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="transform">The transform.</param>
    /// <param name="input">The sample.</param>
    /// <returns>A new vector.</returns>
    /// <exception cref="ArgumentException">
    /// The number of features is wrong, or a value is one that the transform refuses.
    /// </exception>
    public static Vector<T> Transform<T>(this IFeatureTransform transform, Vector<T> input)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(input);
        T[] output = new T[transform.OutputSize];
        transform.Transform<T>(Column(input), new(output, output.Length, 1));
        return Vector<T>.Build.Dense(output);
    }

    /// <summary>Turns transformed samples, such as predictions of transformed targets, back.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="transform">The transform.</param>
    /// <param name="output">A transformed sample per column.</param>
    /// <returns>A new matrix, an original sample per column.</returns>
    /// <exception cref="ArgumentException">The number of features is wrong.</exception>
    public static Matrix<T> Invert<T>(this IInvertibleTransform transform, Matrix<T> output)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(output);
        Matrix<T> input = Matrix<T>.Build.Dense(transform.InputSize, output.ColumnCount);
        transform.Invert(output, new MatrixSpan<T>(input.AsColumnMajorArray(), input.RowCount, input.ColumnCount));
        return input;
    }

    /// <summary>Turns one transformed sample, such as a prediction of a transformed target, back.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="transform">The transform.</param>
    /// <param name="output">The transformed sample.</param>
    /// <returns>A new vector.</returns>
    /// <exception cref="ArgumentException">The number of features is wrong.</exception>
    public static Vector<T> Invert<T>(this IInvertibleTransform transform, Vector<T> output)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(output);
        T[] input = new T[transform.InputSize];
        transform.Invert(Column(output), new(input, input.Length, 1));
        return Vector<T>.Build.Dense(input);
    }

    private static ReadOnlyMatrixSpan<T> Column<T>(Vector<T> sample)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        new(sample.AsArray() ?? sample.ToArray(), sample.Count, 1);
}
