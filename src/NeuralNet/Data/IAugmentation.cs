using System.Numerics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Randomness;

namespace NeuralNet.Data;

/// <summary>
/// Random variations of training samples that do not change their meaning, which act as additional training data.
/// </summary>
/// <remarks>
/// Applied to a copy of each training batch, with new variations in every epoch, never to predictions. An
/// implementation is immutable and draws random numbers only from the stream that it is given, so that equal streams
/// give equal variations.
/// </remarks>
public interface IAugmentation
{
    /// <summary>Varies a batch in place; it allocates nothing after the first call.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="inputs">A sample per column.</param>
    /// <param name="targets">
    /// Their targets, a column each, for variations that change targets, too; empty if there are none.
    /// </param>
    /// <param name="random">The stream of random numbers, a different one for each batch.</param>
    /// <exception cref="ArgumentException">The samples are of the wrong size.</exception>
    void Apply<T>(MatrixSpan<T> inputs, MatrixSpan<T> targets, RandomStream random)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
