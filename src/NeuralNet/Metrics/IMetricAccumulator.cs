using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>A measurement in progress: batches are added, and the figure so far can be read at any time.</summary>
/// <remarks>
/// The figure depends on the samples alone, not on how they are divided into batches. Only one thread at a time may use
/// an accumulator.
/// </remarks>
public interface IMetricAccumulator
{
    /// <summary>
    /// The figure over all samples added so far; NaN if there are none, or if a number that it depends on was NaN.
    /// </summary>
    double Value { get; }

    /// <summary>Adds a batch to the measurement.</summary>
    /// <remarks>
    /// Weights are those of scikit-learn's <c>sample_weight</c>: a sample that weighs 2 counts as two samples, one that
    /// weighs 0 as if it were not there, whatever its numbers are.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="outputs">The outputs of the network, outputs × batch.</param>
    /// <param name="targets">The targets, outputs × batch.</param>
    /// <param name="weights">A weight per sample, finite and at least 0; 1 for each if left out.</param>
    /// <exception cref="ArgumentException">
    /// The shapes differ, are not those of the batches before, or do not suit the metric; or there is not one weight
    /// per sample, or one is out of range. Nothing was added.
    /// </exception>
    void Add<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights = default)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Forgets all samples.</summary>
    void Reset();
}
