using NeuralNet.Guards;

namespace NeuralNet.Distributed;

/// <summary>One worker: what it would hear from all is what it says itself.</summary>
internal sealed class Alone(int shards) : IWorkers
{
    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public int Count => 1;

    /// <inheritdoc/>
    public int Shards { get; } = Require.AtLeast(shards, 1);

    /// <inheritdoc/>
    public void AllGather<TItem>(ReadOnlySpan<TItem> own, Span<TItem> all, ReadOnlySpan<int> counts)
        where TItem : unmanaged => own.CopyTo(all);

    /// <inheritdoc/>
    public void AllToAll<TItem>(
        ReadOnlySpan<TItem> sent,
        ReadOnlySpan<int> sentCounts,
        Span<TItem> received,
        ReadOnlySpan<int> receivedCounts)
        where TItem : unmanaged => sent.CopyTo(received);
}
