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
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="outputs">The outputs of the network, outputs × batch.</param>
    /// <param name="targets">The targets, outputs × batch.</param>
    /// <exception cref="ArgumentException">
    /// The shapes differ, are not those of the batches before, or do not suit the metric; nothing was added.
    /// </exception>
    void Add<T>(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Forgets all samples.</summary>
    void Reset();
}
