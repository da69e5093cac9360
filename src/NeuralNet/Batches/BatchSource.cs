using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Batches;

/// <summary>Makes batch sources out of enumerables.</summary>
public static class BatchSource
{
    /// <summary>Makes a source that calls a function for the batches of every epoch.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="epoch">
    /// Gives the batches of an epoch. Epochs are counted from 1, over the life of the trainer, as in
    /// <see cref="Training.EpochResult.Epoch"/>; in the loops of PyTorch and Keras they are usually counted from 0.
    /// </param>
    /// <param name="batchesPerEpoch">
    /// Number of batches in every epoch, if it is known. A source that gives another number leads to a warning.
    /// </param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchesPerEpoch"/> is below 1.</exception>
    public static IBatchSource<T> From<T>(Func<int, IEnumerable<Batch<T>>> epoch, int? batchesPerEpoch = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(epoch);
        return FromShares((number, _) => epoch(number), batchesPerEpoch);
    }

    /// <summary>
    /// Makes a source that calls a function for a worker's share of the batches of every epoch, so that workers who
    /// train together need not read each other's samples.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="epoch">
    /// Gives a worker's share of the batches of an epoch, as <see cref="IBatchSource{T}"/> describes it: all samples
    /// where one trains alone. Epochs are counted from 1, over the life of the trainer.
    /// </param>
    /// <param name="batchesPerEpoch">
    /// Number of batches in every epoch, if it is known. A source that gives another number leads to a warning.
    /// </param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchesPerEpoch"/> is below 1.</exception>
    public static IBatchSource<T> FromShares<T>(
        Func<int, BatchShare, IEnumerable<Batch<T>>> epoch, int? batchesPerEpoch = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(epoch);
        return new Source<T>(
            (number, share, token) => Enumerate(
                epoch(number, share)
                    ?? throw new InvalidOperationException($"The source gave null for epoch {number}."),
                token),
            batchesPerEpoch);
    }

    /// <summary>Makes a source that calls an asynchronous function for the batches of every epoch.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="epoch">
    /// Gives the batches of an epoch. Epochs are counted from 1, over the life of the trainer, as in
    /// <see cref="Training.EpochResult.Epoch"/>; in the loops of PyTorch and Keras they are usually counted from 0.
    /// </param>
    /// <param name="batchesPerEpoch">
    /// Number of batches in every epoch, if it is known. A source that gives another number leads to a warning.
    /// </param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchesPerEpoch"/> is below 1.</exception>
    public static IBatchSource<T> From<T>(
        Func<int, CancellationToken, IAsyncEnumerable<Batch<T>>> epoch, int? batchesPerEpoch = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(epoch);
        return FromShares((number, _, token) => epoch(number, token), batchesPerEpoch);
    }

    /// <summary>
    /// Makes a source that calls an asynchronous function for a worker's share of the batches of every epoch, so that
    /// workers who train together need not read each other's samples.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="epoch">
    /// Gives a worker's share of the batches of an epoch, as <see cref="IBatchSource{T}"/> describes it: all samples
    /// where one trains alone. Epochs are counted from 1, over the life of the trainer.
    /// </param>
    /// <param name="batchesPerEpoch">
    /// Number of batches in every epoch, if it is known. A source that gives another number leads to a warning.
    /// </param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchesPerEpoch"/> is below 1.</exception>
    public static IBatchSource<T> FromShares<T>(
        Func<int, BatchShare, CancellationToken, IAsyncEnumerable<Batch<T>>> epoch, int? batchesPerEpoch = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(epoch);
        return new Source<T>(epoch, batchesPerEpoch);
    }

    private static async IAsyncEnumerable<Batch<T>> Enumerate<T>(
        IEnumerable<Batch<T>> batches, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (Batch<T> batch in batches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return batch;
        }
    }

    private sealed class Source<T> : IBatchSource<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Func<int, BatchShare, CancellationToken, IAsyncEnumerable<Batch<T>>> _epoch;

        public Source(Func<int, BatchShare, CancellationToken, IAsyncEnumerable<Batch<T>>> epoch, int? batchesPerEpoch)
        {
            if (batchesPerEpoch is { } count)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(batchesPerEpoch));
            }

            _epoch = epoch;
            BatchesPerEpoch = batchesPerEpoch;
        }

        public int? BatchesPerEpoch { get; }

        public IAsyncEnumerable<Batch<T>> ReadAsync(int epoch, CancellationToken cancellationToken) =>
            _epoch(epoch, default, cancellationToken);

        public IAsyncEnumerable<Batch<T>> ReadAsync(int epoch, BatchShare share, CancellationToken cancellationToken) =>
            _epoch(epoch, share, cancellationToken);
    }
}
