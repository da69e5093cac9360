namespace NeuralNet.Benchmarks.Measuring;

/// <summary>The result of a comparison.</summary>
internal sealed class Outcome
{
    private readonly double[] _ratios;

    /// <summary>Takes the figures of the rounds.</summary>
    /// <param name="ours">Our seconds per iteration, or bytes, round by round.</param>
    /// <param name="peer">The peer's, in the same rounds.</param>
    public Outcome(double[] ours, double[] peer)
    {
        _ratios = [.. peer.Zip(ours, (theirs, own) => theirs / own)];
        Ours = Median(ours);
        Peers = Median(peer);
    }

    /// <summary>Our seconds or bytes, the median of the rounds.</summary>
    public double Ours { get; }

    /// <summary>The peer's seconds or bytes, the median of the rounds.</summary>
    public double Peers { get; }

    /// <summary>The peer's figure over ours, the median of the rounds.</summary>
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
