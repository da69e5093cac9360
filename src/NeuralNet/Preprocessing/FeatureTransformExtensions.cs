using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Preprocessing;

/// <summary>Transforms of whole matrices, into matrices of their own.</summary>
public static class FeatureTransformExtensions
{
    /// <summary>Transforms samples.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="transform">The transform.</param>
    /// <param name="input">A sample per column.</param>
    /// <returns>A new matrix, a transformed sample per column.</returns>
    /// <exception cref="ArgumentException">The number of features is wrong, or a value is one that the transform refuses.</exception>
    public static Matrix<T> Transform<T>(this IFeatureTransform transform, Matrix<T> input)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(input);
        Matrix<T> output = Matrix<T>.Build.Dense(transform.OutputSize, input.ColumnCount);
        transform.Transform(input, new MatrixSpan<T>(output.AsColumnMajorArray(), output.RowCount, output.ColumnCount));
        return output;
    }

    /// <summary>Turns transformed samples, such as predictions of transformed targets, back.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="transform">The transform.</param>
    /// <param name="output">A transformed sample per column.</param>
    /// <returns>A new matrix, an original sample per column.</returns>
    /// <exception cref="ArgumentException">The number of features is wrong.</exception>
    public static Matrix<T> Invert<T>(this IInvertibleTransform transform, Matrix<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(output);
        Matrix<T> input = Matrix<T>.Build.Dense(transform.InputSize, output.ColumnCount);
        transform.Invert(output, new MatrixSpan<T>(input.AsColumnMajorArray(), input.RowCount, input.ColumnCount));
        return input;
    }
}
