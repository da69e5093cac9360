using NeuralNet.Distributed;

namespace NeuralNet.Batches;

/// <summary>
/// Which samples of every batch a worker computes, where several train together; all of them where one trains alone.
/// </summary>
public readonly record struct BatchShare
{
    private readonly Shards? _shards;

    /// <summary>The share of a worker.</summary>
    internal BatchShare(Shards shards)
    {
        _shards = shards;
    }

    /// <summary>The worker's samples of a batch: those from Start on, Count of them, which may be none.</summary>
    /// <param name="samples">Number of samples of the whole batch.</param>
    /// <returns>Index of the first one in the batch, and how many they are.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is below 1.</exception>
    public (int Start, int Count) Of(int samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        Shards shards = _shards ?? Shards.One;
        return (shards.OwnStart(samples), shards.OwnCount(samples));
    }

    /// <summary>
    /// The worker's part of what stands for the samples of a batch, such as their files. All of it where the worker
    /// computes none of them: no batch is empty.
    /// </summary>
    /// <typeparam name="TSample">What stands for a sample.</typeparam>
    /// <param name="batch">An element for each sample of the whole batch.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentException">The batch is empty.</exception>
    public TSample[] Of<TSample>(TSample[] batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Length == 0)
        {
            throw new ArgumentException("A batch needs at least one sample.", nameof(batch));
        }

        (int start, int count) = Of(batch.Length);
        return count == 0 ? batch : batch[start..(start + count)];
    }
}
