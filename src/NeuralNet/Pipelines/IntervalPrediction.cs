using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Conformal;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Pipelines;

/// <summary>Predicts intervals in which targets lie as often as was asked for.</summary>
public static class IntervalPrediction
{
    /// <summary>Predicts the interval of each target of one sample.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline, which has <see cref="Pipeline{T}.Intervals"/>.</param>
    /// <param name="input">The raw features, as many as the pipeline's <c>InputSize</c>.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>The lower and the upper end of each target, in the unit of the data.</returns>
    /// <exception cref="InvalidOperationException">The pipeline has no intervals.</exception>
    /// <exception cref="ArgumentException">
    /// The number of features is another, or the transform refuses a value.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static (Vector<T> Lower, Vector<T> Upper) PredictInterval<T>(
        this Pipeline<T> pipeline, Vector<T> input, int threads = 1)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(input);
        T[] features = input.AsArray() ?? input.ToArray();
        (Matrix<T> lower, Matrix<T> upper) = pipeline.PredictIntervals(
            new ReadOnlyMatrixSpan<T>(features, input.Count, 1), threads);
        return (lower.Column(0), upper.Column(0));
    }

    /// <summary>Predicts the interval of each target of each sample of a batch.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline, which has <see cref="Pipeline{T}.Intervals"/>.</param>
    /// <param name="inputs">The raw features, a sample per column.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>The lower and the upper ends, targets × batch, in the unit of the data.</returns>
    /// <inheritdoc cref="PredictInterval{T}(Pipeline{T}, Vector{T}, int)" path="/exception"/>
    public static (Matrix<T> Lower, Matrix<T> Upper) PredictIntervals<T>(
        this Pipeline<T> pipeline, ReadOnlyMatrixSpan<T> inputs, int threads = 1)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ConformalIntervals intervals = pipeline.Intervals ?? throw new InvalidOperationException(
            "The pipeline has no intervals: ToConformal finds them by data that were held out.");
        Matrix<T> outputs = pipeline.Predict(inputs, threads);
        Matrix<T> lower = Matrix<T>.Build.Dense(intervals.Count, outputs.ColumnCount);
        Matrix<T> upper = Matrix<T>.Build.Dense(intervals.Count, outputs.ColumnCount);
        for (int j = 0; j < outputs.ColumnCount; j++)
        {
            for (int i = 0; i < intervals.Count; i++)
            {
                T margin = T.CreateTruncating(intervals.Margins[i]);
                lower[i, j] = outputs[intervals.Lower[i], j] - margin;
                upper[i, j] = outputs[intervals.Upper[i], j] + margin;
            }
        }

        return (lower, upper);
    }
}
