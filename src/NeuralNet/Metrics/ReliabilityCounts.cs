namespace NeuralNet.Metrics;

/// <summary>Counts samples, by their weights, by the bin of their predicted probability.</summary>
internal sealed class ReliabilityCounts(double[] edges)
{
    private readonly CompensatedSum[] _predicted = new CompensatedSum[edges.Length - 1];
    private readonly double[] _true = new double[edges.Length - 1];
    private readonly double[] _counts = new double[edges.Length - 1];

    /// <summary>The weight of all samples.</summary>
    public double Count { get; private set; }

    /// <summary>Makes bins of the same width.</summary>
    public static ReliabilityCounts Uniform(int bins) =>
        new([.. Enumerable.Range(0, bins + 1).Select(k => (double)k / bins)]);

    /// <summary>Adds a sample; an inner edge belongs to the bin below it.</summary>
    public void Add(double probability, bool isTrue, double weight = 1)
    {
        int low = 0;
        int high = _counts.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = edges[middle + 1] < probability ? (middle + 1, high) : (low, middle);
        }

        _predicted[low].Add(weight * probability);
        _true[low] += isTrue ? weight : 0;
        _counts[low] += weight;
        Count += weight;
    }

    public void Clear()
    {
        Array.Clear(_predicted);
        Array.Clear(_true);
        Array.Clear(_counts);
        Count = 0;
    }

    /// <summary>Σ nₖ/n |observedₖ − predictedₖ|.</summary>
    public double ExpectedError()
    {
        double sum = 0;
        for (int k = 0; k < _counts.Length; k++)
        {
            sum += Math.Abs(_true[k] - _predicted[k].Value);
        }

        return sum / Count;
    }

    /// <summary>maxₖ |observedₖ − predictedₖ|.</summary>
    public double MaximumError()
    {
        double largest = 0;
        for (int k = 0; k < _counts.Length; k++)
        {
            largest = _counts[k] == 0
                ? largest
                : Math.Max(largest, Math.Abs(_true[k] - _predicted[k].Value) / _counts[k]);
        }

        return largest;
    }

    public ReliabilityCurve ToCurve() => new(
    [
        .. Enumerable.Range(0, _counts.Length).Where(k => _counts[k] > 0).Select(k => new ReliabilityBin(
            edges[k], edges[k + 1], (long)_counts[k], _predicted[k].Value / _counts[k], _true[k] / _counts[k])),
    ]);
}
