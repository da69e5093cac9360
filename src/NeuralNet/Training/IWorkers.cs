using System.Numerics;
using NeuralNet.Optimizers;

namespace NeuralNet.Training;

/// <summary>
/// Several workers, such as threads or processes, that train copies of one network together: each computes the
/// gradients of its own part of a batch, and all make the same step with the sum.
/// </summary>
/// <remarks>
/// <para>Each worker has a <see cref="Trainer{T}"/> of its own, with the same initial parameters, optimizer and
/// options, and with as many batches per epoch as the others. Before a step a trainer multiplies its gradients by its
/// number of samples, in units of 65,536 so that sums do not overflow, calls <see cref="Sum{T}"/>, and divides what
/// comes back by the number of samples of all workers, in the same units.
/// So the parameters of all workers stay equal to the bit, and the step is that of one trainer on all samples, up to
/// rounding, unless the network has layers of one of two kinds: <see cref="Layers.BatchNormalization{T}"/> takes the
/// statistics of each worker's own samples, not of all; and <see cref="Layers.Dropout{T}"/> draws the same masks on all
/// workers if their trainers have the same seed. A different seed for each worker gives different masks.</para>
/// <para>Every worker calls <see cref="Sum{T}"/> exactly once per step, in the same order of steps. The trainer checks
/// the sums, not its own gradients, so that all workers stop alike, before any parameter is changed, if a gradient of
/// one is not finite. A worker whose loss is not finite takes part in the sum of that step with a total that is not
/// finite, and all throw. Whatever else ends a run must be decided alike by all workers: one that stops by itself
/// leaves the others waiting in <see cref="Sum{T}"/>.</para>
/// <para>The losses and metrics that callbacks see in a run are those of the worker's own samples.</para>
/// </remarks>
public interface IWorkers
{
    /// <summary>Number of workers, at least 1. A trainer that works alone never calls <see cref="Sum{T}"/>.</summary>
    int Count { get; }

    /// <summary>
    /// Replaces every number by the sum of that number over all workers. Returns when the sums are complete.
    /// </summary>
    /// <remarks>
    /// The numbers must be added in a fixed order, such as that of the workers' ranks, and every worker must get the
    /// same result to the bit; NaN and infinities propagate as in any addition. Nothing may be kept of the arguments.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="gradients">The gradients of all parameters, of the same shapes on every worker.</param>
    /// <param name="totals">Further numbers to add up, as many on every worker; losses and samples among them.</param>
    void Sum<T>(GradientSet<T> gradients, Span<double> totals)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
