namespace NeuralNet.Benchmarks.Measuring;

/// <summary>A peer with each setting of threads that is worth trying, one process each.</summary>
internal sealed class PeerTeam(IReadOnlyList<PeerProcess> processes) : IDisposable
{
    /// <summary>Sets all of them up for a point and takes the fastest one.</summary>
    /// <param name="comparison">The comparison that tries them.</param>
    /// <param name="setUp">Sets one of them up.</param>
    public ISide Fastest(Comparison comparison, Action<PeerProcess> setUp)
    {
        foreach (PeerProcess process in processes)
        {
            setUp(process);
        }

        PeerSide[] sides = [.. processes.Select(process => new PeerSide(process))];
        return sides.Length == 1 ? sides[0] : sides.MinBy(comparison.Try)!;
    }

    public void Dispose()
    {
        foreach (PeerProcess process in processes)
        {
            process.Dispose();
        }
    }
}
