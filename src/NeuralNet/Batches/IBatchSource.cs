using System.Numerics;

namespace NeuralNet.Batches;

/// <summary>
/// Training data that arrive batch by batch, such as from files too large for memory. Another thread reads them ahead,
/// so that training does not wait as long as they arrive fast enough. <see cref="BatchSource"/> makes sources.
/// </summary>
/// <remarks>
/// A source is read by one thread of its own, one epoch after the other: the next one is asked for when the one before
/// has been disposed of, however long that takes. Where the number of batches is announced, no more are asked for, but
/// one at the end of the last epoch, to warn of a wrong number; that is waited for no longer than a tenth of a second.
/// What the source throws, when it is disposed of, too, ends the run and reaches the caller of Fit. When the run is
/// over, it waits for the source for a second; one that does not observe its token is left to end by itself, and what
/// it throws later, or after the run was ended within an epoch, is lost.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public interface IBatchSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Number of batches in every epoch, if it is known before they are read.</summary>
    int? BatchesPerEpoch { get; }

    /// <summary>
    /// The batches of one epoch, in the order they are to be trained on. The same epoch must give the same batches for
    /// a run to be repeatable and resumable.
    /// </summary>
    /// <param name="epoch">The epoch of the trainer, from 1; a seed for shuffling, for example.</param>
    /// <param name="cancellationToken">Set when training ends before the epoch does.</param>
    /// <returns>The batches.</returns>
    IAsyncEnumerable<Batch<T>> ReadAsync(int epoch, CancellationToken cancellationToken);

    /// <summary>
    /// The batches of one epoch for one of several workers that train together, who computes only a share of each. A
    /// source that can leave the other samples unread gives the share, with <see cref="Batch{T}.WholeCount"/>; by
    /// default, whole batches are read, which is right, too.
    /// </summary>
    /// <param name="epoch">The epoch of the trainer, from 1.</param>
    /// <param name="share">
    /// Which samples of a batch the worker computes. Where they are none, the whole batch must be given.
    /// </param>
    /// <param name="cancellationToken">Set when training ends before the epoch does.</param>
    /// <returns>The batches, or the worker's share of each; as many on every worker.</returns>
    IAsyncEnumerable<Batch<T>> ReadAsync(int epoch, BatchShare share, CancellationToken cancellationToken) =>
        ReadAsync(epoch, cancellationToken);
}
