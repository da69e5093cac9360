namespace NeuralNet.Metrics;

/// <summary>
/// The scores of positive and negative samples, with their weights, and a figure of the curve over them.
/// </summary>
internal sealed class ScoreSet(CurveFigure figure)
{
    private readonly WeightedValues _positives = new();
    private readonly WeightedValues _negatives = new();
    private CompensatedSum _positiveWeight;
    private double? _value;

    /// <summary>True if a score is NaN, which has no place in any order.</summary>
    public bool HasNaN { get; private set; }

    /// <summary>The sum of the weights of the positive samples.</summary>
    public double PositiveWeight => _positiveWeight.Value;

    /// <summary>The number of different scores is at most this.</summary>
    public int Count => _positives.Count + _negatives.Count;

    /// <summary>The figure; NaN where the samples have no such curve.</summary>
    public double Value => _value ??= IsUndefined ? double.NaN : figure.Of(Sweep());

    private bool IsUndefined =>
        HasNaN || _positives.Count == 0 || (figure.NeedsNegatives && _negatives.Count == 0);

    public void Add(double score, bool isPositive, double weight)
    {
        (isPositive ? _positives : _negatives).Add(score, weight);
        _positiveWeight.Add(isPositive ? weight : 0);
        HasNaN |= double.IsNaN(score);
        _value = null;
    }

    public void Clear()
    {
        _positives.Clear();
        _negatives.Clear();
        _positiveWeight = default;
        _value = null;
        HasNaN = false;
    }

    /// <summary>Goes through the thresholds, from the highest score down.</summary>
    public ScoreSweep Sweep()
    {
        // In place, because the original order is not needed.
        _positives.Sort();
        _negatives.Sort();
        return new(_positives, _negatives);
    }
}
