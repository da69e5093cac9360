using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>Adds MathNet matrices to measurements.</summary>
public static class MetricAccumulatorExtensions
{
    /// <summary>Adds a batch to the measurement.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="accumulator">The measurement.</param>
    /// <param name="outputs">The outputs of the network, outputs × batch.</param>
    /// <param name="targets">The targets, outputs × batch.</param>
    /// <param name="weights">A weight per sample, finite and at least 0; 1 for each if left out.</param>
    /// <exception cref="ArgumentException">
    /// The shapes differ, are not those of the batches before, or are not such as the metric can judge; or there is not
    /// one weight per sample, or one is out of range. Nothing was added.
    /// </exception>
    public static void Add<T>(
        this IMetricAccumulator accumulator,
        Matrix<T> outputs,
        Matrix<T> targets,
        ReadOnlySpan<T> weights = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(accumulator);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(targets);
        accumulator.Add((ReadOnlyMatrixSpan<T>)outputs, (ReadOnlyMatrixSpan<T>)targets, weights);
    }
}
