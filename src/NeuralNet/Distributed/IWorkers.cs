namespace NeuralNet.Distributed;

/// <summary>
/// The processes that train one network together, as one of them sees them. The package on MPI connects processes on
/// many machines; <see cref="Workers.Alone"/> is one process by itself, with the same results.
/// </summary>
/// <remarks>
/// <para>Every worker runs the same program: it builds the same network, trainer and data, and calls Fit. Of each batch
/// it computes its own shards; their gradients are added over all workers, and all make the same step. What is computed
/// depends on <see cref="Shards"/> only, not on <see cref="Count"/>.</para>
/// <para>An implementation moves numbers between the workers and does nothing else. Each method is called by all
/// workers, in the same order, and returns when the numbers of all have arrived. One that cannot deliver, or waits too
/// long, throws a <see cref="WorkersException"/>. It serves one thread at a time.</para>
/// </remarks>
public interface IWorkers
{
    /// <summary>The number of this worker, from 0.</summary>
    int Rank { get; }

    /// <summary>Number of workers, at least 1.</summary>
    int Count { get; }

    /// <summary>
    /// Number of shards into which every batch is cut, at least <see cref="Count"/>. It decides the result to the bit.
    /// </summary>
    int Shards { get; }

    /// <summary>Gives every worker the numbers of all, those of worker 0 first.</summary>
    /// <typeparam name="TItem">The type of the numbers.</typeparam>
    /// <param name="own">The numbers of this worker; they may lie in <paramref name="all"/>, at their place.</param>
    /// <param name="all">The place for the numbers of all workers.</param>
    /// <param name="counts">How many numbers each worker has; the same on every worker.</param>
    /// <exception cref="WorkersException">A worker cannot be reached, or has not answered in time.</exception>
    void AllGather<TItem>(ReadOnlySpan<TItem> own, Span<TItem> all, ReadOnlySpan<int> counts)
        where TItem : unmanaged;

    /// <summary>Sends numbers of its own to each worker, and receives from each what it sends to this one.</summary>
    /// <typeparam name="TItem">The type of the numbers.</typeparam>
    /// <param name="sent">The numbers to send, those for worker 0 first.</param>
    /// <param name="sentCounts">How many go to each worker.</param>
    /// <param name="received">The place for the numbers of each worker, those of worker 0 first.</param>
    /// <param name="receivedCounts">How many come from each worker.</param>
    /// <exception cref="WorkersException">A worker cannot be reached, or has not answered in time.</exception>
    void AllToAll<TItem>(
        ReadOnlySpan<TItem> sent,
        ReadOnlySpan<int> sentCounts,
        Span<TItem> received,
        ReadOnlySpan<int> receivedCounts)
        where TItem : unmanaged;
}
