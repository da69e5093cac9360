using System.Diagnostics;
using NeuralNet.Distributed;

namespace NeuralNet.Benchmarks.Workers;

/// <summary>Workers whose messages take longer, as between machines: every exchange waits.</summary>
internal sealed class DelayedWorkers(IWorkers workers, TimeSpan delay) : IWorkers
{
    public int Rank => workers.Rank;

    public int Count => workers.Count;

    public int Shards => workers.Shards;

    public void AllGather<TItem>(ReadOnlySpan<TItem> own, Span<TItem> all, ReadOnlySpan<int> counts)
        where TItem : unmanaged
    {
        workers.AllGather(own, all, counts);
        Wait();
    }

    public void AllToAll<TItem>(
        ReadOnlySpan<TItem> sent,
        ReadOnlySpan<int> sentCounts,
        Span<TItem> received,
        ReadOnlySpan<int> receivedCounts)
        where TItem : unmanaged
    {
        workers.AllToAll(sent, sentCounts, received, receivedCounts);
        Wait();
    }

    private void Wait()
    {
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < delay;)
        {
        }
    }
}
