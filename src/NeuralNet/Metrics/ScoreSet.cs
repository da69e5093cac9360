using System.Runtime.InteropServices;

namespace NeuralNet.Metrics;

/// <summary>The scores of positive and negative samples, and the area under their ROC curve.</summary>
internal sealed class ScoreSet
{
    private readonly List<double> _positives = [];
    private readonly List<double> _negatives = [];
    private double? _area;

    /// <summary>True if a score is NaN, which has no place in any order.</summary>
    public bool HasNaN { get; private set; }

    /// <summary>True if there are both positive and negative samples.</summary>
    public bool HasBoth => _positives.Count > 0 && _negatives.Count > 0;

    /// <summary>
    /// The probability that a positive sample has a higher score than a negative one, where a tie counts half. It
    /// equals the area under the curve by the trapezoidal rule.
    /// </summary>
    public double Area => _area ??= Compute();

    public void Add(double score, bool isPositive)
    {
        (isPositive ? _positives : _negatives).Add(score);
        HasNaN |= double.IsNaN(score);
        _area = null;
    }

    public void Clear()
    {
        _positives.Clear();
        _negatives.Clear();
        _area = null;
        HasNaN = false;
    }

    private double Compute()
    {
        // In place, because the original order is not needed.
        Span<double> positives = CollectionsMarshal.AsSpan(_positives);
        Span<double> negatives = CollectionsMarshal.AsSpan(_negatives);
        positives.Sort();
        negatives.Sort();

        // Twice the number of pairs in the right order: exact, because lists of at most 2³¹ scores give at most 2·2⁶².
        ulong ordered = 0;
        int below = 0;
        int notAbove = 0;
        foreach (double score in positives)
        {
            while (below < negatives.Length && negatives[below] < score)
            {
                below++;
            }

            while (notAbove < negatives.Length && negatives[notAbove] <= score)
            {
                notAbove++;
            }

            ordered += (ulong)below + (ulong)notAbove;
        }

        return ordered / (2.0 * positives.Length * negatives.Length);
    }
}
