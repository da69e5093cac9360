namespace NeuralNet.Metrics;

/// <summary>The rates of a binary classifier at one threshold.</summary>
/// <param name="TruePositives">The weight of the positive samples at or above it.</param>
/// <param name="FalsePositives">The weight of the negative samples at or above it.</param>
/// <param name="Positives">The weight of all positive samples.</param>
/// <param name="Negatives">The weight of all negative samples.</param>
internal readonly record struct CurveRates(
    double TruePositives, double FalsePositives, double Positives, double Negatives)
{
    /// <summary>The share of the samples at or above the threshold that are positive; 1 if there are none.</summary>
    public double Precision =>
        TruePositives + FalsePositives == 0 ? 1 : TruePositives / (TruePositives + FalsePositives);

    /// <summary>The share of the positive samples at or above the threshold: the sensitivity.</summary>
    public double Recall => TruePositives / Positives;

    /// <summary>The share of the negative samples at or above the threshold.</summary>
    public double FalsePositiveRate => FalsePositives / Negatives;

    /// <summary>The share of the negative samples below the threshold.</summary>
    public double Specificity => (Negatives - FalsePositives) / Negatives;
}
