using System.Numerics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Randomness;

namespace NeuralNet.Data;

/// <summary>Random variations of training samples that leave their meaning as it is: more data for nothing.</summary>
/// <remarks>
/// Applied to a batch that is training's own copy, anew in every epoch, never at prediction. An implementation is
/// immutable and draws from the stream it is given only, so that equal streams give equal variations.
/// </remarks>
public interface IAugmentation
{
    /// <summary>Varies a batch in place; once warm, without allocating.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="inputs">A sample per column.</param>
    /// <param name="targets">
    /// Their targets, a column each, for variations that change those too; empty where there are none.
    /// </param>
    /// <param name="random">Where the randomness comes from: another stream for each batch.</param>
    /// <exception cref="ArgumentException">The samples are of the wrong size.</exception>
    void Apply<T>(MatrixSpan<T> inputs, MatrixSpan<T> targets, RandomStream random)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
