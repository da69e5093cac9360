using System.Collections.Concurrent;

namespace NeuralNet.Kernels;

/// <summary>
/// Teams between two uses, so that calls which take one again and again allocate nothing. Any number of threads may
/// take and return teams at once; each gets a team of its own.
/// </summary>
internal sealed class TeamPool
{
    private readonly ConcurrentDictionary<int, ConcurrentQueue<ForkJoin>> _idle = [];

    /// <summary>Takes a team of so many threads, at least 1.</summary>
    public ForkJoin Take(int threads) =>
        threads == 1 ? ForkJoin.Alone
        : _idle.TryGetValue(threads, out ConcurrentQueue<ForkJoin>? teams) && teams.TryDequeue(out ForkJoin? team)
            ? team
            : new ForkJoin(threads);

    /// <summary>Returns a team that is not used any more.</summary>
    public void Return(ForkJoin team)
    {
        if (team != ForkJoin.Alone)
        {
            _idle.GetOrAdd(team.Threads, static _ => []).Enqueue(team);
        }
    }
}
