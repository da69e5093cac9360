using System.Runtime.CompilerServices;
using System.Text;
using NeuralNet.Distributed;

namespace NeuralNet.Mpi;

/// <summary>Moves numbers between this process and the others, by messages from each to each.</summary>
internal sealed unsafe class MpiConnection : IWorkers
{
    private const int NameLength = 64;

    // Milliseconds after which it is worth the time to look whether the others are still there.
    private const int LookEvery = 500;

    private const int AsksAtOnce = 2000;

    private readonly MpiProcess _process;
    private readonly Messages _messages;
    private readonly TimeSpan _patience;
    private readonly string[] _hosts;
    private readonly int[] _toAll;

    /// <summary>Connects with all other processes, which do the same.</summary>
    /// <exception cref="InvalidOperationException">The processes disagree on the number of shards.</exception>
    public MpiConnection(MpiProcess process, int shards, TimeSpan patience)
    {
        _process = process;
        _patience = patience;
        _toAll = new int[process.Count];
        _hosts = new string[process.Count];
        Shards = shards;
        lock (process.Gate)
        {
            _messages = new(process.Library, process.Library.Duplicate(process.Library.World));
        }

        RequireSameShards();
        LearnHosts();
    }

    /// <inheritdoc/>
    public int Rank => _process.Rank;

    /// <inheritdoc/>
    public int Count => _process.Count;

    /// <inheritdoc/>
    public int Shards { get; }

    /// <inheritdoc/>
    public void AllGather<TItem>(ReadOnlySpan<TItem> own, Span<TItem> all, ReadOnlySpan<int> counts)
        where TItem : unmanaged
    {
        Array.Fill(_toAll, own.Length);
        Exchange(own, _toAll, isOneForAll: true, all, counts);
    }

    /// <inheritdoc/>
    public void AllToAll<TItem>(
        ReadOnlySpan<TItem> sent,
        ReadOnlySpan<int> sentCounts,
        Span<TItem> received,
        ReadOnlySpan<int> receivedCounts)
        where TItem : unmanaged => Exchange(sent, sentCounts, isOneForAll: false, received, receivedCounts);

    /// <inheritdoc/>
    public override string ToString() => $"worker {Rank} of {Count}, {Shards} shards, {_process.Library.Version}";

    private void Exchange<TItem>(
        ReadOnlySpan<TItem> sent,
        ReadOnlySpan<int> sentCounts,
        bool isOneForAll,
        Span<TItem> received,
        ReadOnlySpan<int> receivedCounts)
        where TItem : unmanaged
    {
        // Everyone begins with another partner, so that not all send to one at once.
        lock (_process.Gate)
        {
            fixed (TItem* from = sent, to = received)
            {
                for (int i = 1; i < Count; i++)
                {
                    int rank = (Rank + Count - i) % Count;
                    _messages.Receive(
                        (byte*)(to + Start(receivedCounts, rank)), Bytes<TItem>(receivedCounts[rank]), rank);
                }

                for (int i = 1; i < Count; i++)
                {
                    int rank = (Rank + i) % Count;
                    TItem* items = isOneForAll ? from : from + Start(sentCounts, rank);
                    _messages.Send((byte*)items, Bytes<TItem>(sentCounts[rank]), rank);
                }

                ReadOnlySpan<TItem> own = isOneForAll ? sent : sent.Slice(Start(sentCounts, Rank), sentCounts[Rank]);
                own.CopyTo(received.Slice(Start(receivedCounts, Rank), receivedCounts[Rank]));
                Wait();
            }
        }
    }

    /// <summary>Waits for all messages, as long as there is hope and patience.</summary>
    private void Wait()
    {
        // MPI moves bytes while it is asked: at first without a pause, and then, as there may be more processes than
        // cores, in turns with the others.
        for (int i = 0; i < AsksAtOnce; i++)
        {
            if (_messages.AreDone())
            {
                return;
            }
        }

        var spin = default(SpinWait);
        long start = Environment.TickCount64;
        long look = start + LookEvery;
        while (!_messages.AreDone())
        {
            spin.SpinOnce(sleep1Threshold: -1);
            long now = Environment.TickCount64;
            if (now > look)
            {
                RequireHope(TimeSpan.FromMilliseconds(now - start));
                look = now + LookEvery;
            }
        }
    }

    // Ends all processes: an exception would leave memory to messages that may still arrive, and silent workers alive.
    private void RequireHope(TimeSpan waited)
    {
        int[] silent = _messages.Partners();
        int[] gone = [.. silent.Where(_process.Farewell.IsGone)];
        if (gone.Length > 0)
        {
            _process.Abort(
                $"waits for {Names(gone)}, but that program has ended. All are ended. Every worker must call the same "
                + "methods, as Fit, in the same order.");
        }
        else if (silent.Length > 0 && waited > _patience)
        {
            _process.Abort(
                $"has waited {waited.TotalSeconds:F0} s for {Names(silent)}, and ends all. Where a worker may take "
                + "longer, as for a callback, give more patience.");
        }
    }

    private string Names(int[] ranks) => string.Join(", ", ranks.Select(rank => $"worker {rank} on {_hosts[rank]}"));

    private void RequireSameShards()
    {
        int[] all = new int[Count];
        AllGather([Shards], all, Ones());
        int other = Array.FindIndex(all, shards => shards != Shards);
        if (other >= 0)
        {
            throw new InvalidOperationException(
                $"Worker {other} cuts a batch into {all[other]} shards, worker {Rank} into {Shards}: all must take the "
                + "same number, which decides the result.");
        }
    }

    private void LearnHosts()
    {
        byte[] own = new byte[NameLength];
        Encoding.UTF8.GetEncoder().Convert(Environment.MachineName, own, flush: true, out _, out _, out _);
        byte[] all = new byte[NameLength * Count];
        AllGather(own, all, [.. Enumerable.Repeat(NameLength, Count)]);
        for (int rank = 0; rank < Count; rank++)
        {
            _hosts[rank] = Encoding.UTF8.GetString(all, rank * NameLength, NameLength).TrimEnd('\0');
        }
    }

    private int[] Ones() => [.. Enumerable.Repeat(1, Count)];

    private static long Bytes<TItem>(int count) => (long)count * Unsafe.SizeOf<TItem>();

    private static int Start(ReadOnlySpan<int> counts, int rank)
    {
        int start = 0;
        foreach (int count in counts[..rank])
        {
            start += count;
        }

        return start;
    }
}
