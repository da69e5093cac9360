namespace NeuralNet.Benchmarks.Measuring;

/// <summary>The result of a comparison.</summary>
internal sealed class Outcome
{
    private readonly double[] _ratios;

    /// <summary>Takes the times of the rounds.</summary>
    /// <param name="ours">Our seconds per iteration, round by round.</param>
    /// <param name="peer">The peer's, in the same rounds.</param>
    public Outcome(double[] ours, double[] peer)
    {
        _ratios = [.. peer.Zip(ours, (theirs, own) => theirs / own)];
        OurSeconds = Median(ours);
        PeerSeconds = Median(peer);
    }

    /// <summary>Our time per iteration, the median of the rounds.</summary>
    public double OurSeconds { get; }

    /// <summary>The peer's time per iteration, the median of the rounds.</summary>
    public double PeerSeconds { get; }

    /// <summary>The peer's time over ours, the median of the rounds.</summary>
    public double Ratio => Median(_ratios);

    /// <summary>The smallest ratio of a round.</summary>
    public double LeastRatio => _ratios.Min();

    /// <summary>The largest ratio of a round.</summary>
    public double GreatestRatio => _ratios.Max();

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
