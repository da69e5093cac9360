using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using NeuralNet.Distributed;

namespace NeuralNet.Tests.Distributed;

/// <summary>Workers in one process, on a thread each, which meet wherever numbers are to be moved.</summary>
internal sealed class ThreadWorkers(int count, int shards)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly object _gate = new();
    private readonly byte[][] _sent = new byte[count][];
    private readonly int[][] _counts = new int[count][];
    private int _waiting;
    private int _meetings;

    /// <summary>Runs work on every worker; what one throws that is not a consequence is thrown.</summary>
    public static T[] Run<T>(int count, int shards, Func<IWorkers, T> work)
    {
        var workers = new ThreadWorkers(count, shards);
        var results = new T[count];
        var exceptions = new Exception?[count];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(rank => new Thread(() =>
        {
            try
            {
                results[rank] = work(new One(workers, rank));
            }
#pragma warning disable CA1031 // The test's thread throws it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                exceptions[rank] = exception;
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Exception? first = exceptions.FirstOrDefault(exception => exception is not null and not WorkersException)
            ?? exceptions.FirstOrDefault(exception => exception is not null);
        if (first is not null)
        {
            ExceptionDispatchInfo.Capture(first).Throw();
        }

        return results;
    }

    private void Meet()
    {
        lock (_gate)
        {
            int meeting = _meetings;
            if (++_waiting == count)
            {
                _waiting = 0;
                _meetings++;
                Monitor.PulseAll(_gate);
            }

            while (meeting == _meetings)
            {
                if (!Monitor.Wait(_gate, _patience))
                {
                    throw new WorkersException("Another worker did not come.");
                }
            }
        }
    }

    private sealed class One(ThreadWorkers all, int rank) : IWorkers
    {
        public int Rank => rank;

        public int Count => all._sent.Length;

        public int Shards => all.Shards;

        public void AllGather<TItem>(ReadOnlySpan<TItem> own, Span<TItem> whole, ReadOnlySpan<int> counts)
            where TItem : unmanaged
        {
            own.Length.Should().Be(counts[rank]);
            int[] sentCounts = new int[Count];
            Array.Fill(sentCounts, own.Length);
            var sent = new TItem[own.Length * Count];
            for (int i = 0; i < Count; i++)
            {
                own.CopyTo(sent.AsSpan(i * own.Length));
            }

            AllToAll<TItem>(sent, sentCounts, whole, counts);
        }

        public void AllToAll<TItem>(
            ReadOnlySpan<TItem> sent,
            ReadOnlySpan<int> sentCounts,
            Span<TItem> received,
            ReadOnlySpan<int> receivedCounts)
            where TItem : unmanaged
        {
            int size = Marshal.SizeOf<TItem>();
            all._sent[rank] = MemoryMarshal.AsBytes(sent).ToArray();
            all._counts[rank] = [.. sentCounts.ToArray().Select(count => count * size)];
            all.Meet();
            Span<byte> place = MemoryMarshal.AsBytes(received);
            for (int from = 0; from < Count; from++)
            {
                int[] counts = all._counts[from];
                counts[rank].Should().Be(receivedCounts[from] * size, "both sides expect the same");
                all._sent[from].AsSpan(counts[..rank].Sum(), counts[rank]).CopyTo(place);
                place = place[counts[rank]..];
            }

            place.Length.Should().Be(0);

            // Nobody may come with other numbers before all have read these.
            all.Meet();
        }
    }

    private int Shards => shards;
}
