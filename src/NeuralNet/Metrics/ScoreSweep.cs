namespace NeuralNet.Metrics;

/// <summary>
/// Lowers a threshold over sorted scores, from one score to the next that differs, and knows at each the weight of the
/// samples at or above it: all that a curve of a binary classifier is made of.
/// </summary>
internal struct ScoreSweep(WeightedValues positives, WeightedValues negatives)
{
    private int _positive = positives.Count;
    private int _negative = negatives.Count;
    private CompensatedSum _truePositives;
    private CompensatedSum _falsePositives;

    /// <summary>The threshold; ∞ before the first, where no sample is predicted to be positive.</summary>
    public double Threshold { get; private set; } = double.PositiveInfinity;

    /// <summary>The weight of the positive samples with a score of at least the threshold.</summary>
    public readonly double TruePositives => _truePositives.Value;

    /// <summary>The weight of the negative samples with a score of at least the threshold.</summary>
    public readonly double FalsePositives => _falsePositives.Value;

    /// <summary>The weight of all positive and of all negative samples, as the last threshold will have it.</summary>
    public readonly (double Positives, double Negatives) Total()
    {
        ScoreSweep last = this;
        while (last.MoveNext())
        {
        }

        return (last.TruePositives, last.FalsePositives);
    }

    /// <summary>Goes on to the next lower score; false if there is none.</summary>
    public bool MoveNext()
    {
        if (_positive == 0 && _negative == 0)
        {
            return false;
        }

        double score = _negative == 0 ? positives.Value(_positive - 1)
            : _positive == 0 ? negatives.Value(_negative - 1)
            : Math.Max(positives.Value(_positive - 1), negatives.Value(_negative - 1));
        Threshold = score;
        Take(positives, ref _positive, ref _truePositives, score);
        Take(negatives, ref _negative, ref _falsePositives, score);
        return true;
    }

    private static void Take(WeightedValues values, ref int left, ref CompensatedSum sum, double score)
    {
        for (; left > 0 && values.Value(left - 1) == score; left--)
        {
            sum.Add(values.Weight(left - 1));
        }
    }
}
