namespace NeuralNet.Decisions;

/// <summary>The numbers of right and wrong answers of yes and no.</summary>
/// <param name="TruePositives">Number of yes that were right.</param>
/// <param name="FalsePositives">Number of yes that were wrong.</param>
/// <param name="FalseNegatives">Number of no that were wrong.</param>
/// <param name="TrueNegatives">Number of no that were right.</param>
public readonly record struct BinaryCounts(
    long TruePositives, long FalsePositives, long FalseNegatives, long TrueNegatives)
{
    /// <summary>Number of samples.</summary>
    public long Count => TruePositives + FalsePositives + FalseNegatives + TrueNegatives;

    /// <summary>The share of right answers; NaN without samples.</summary>
    public double Accuracy => (double)(TruePositives + TrueNegatives) / Count;

    /// <summary>The share of yes that were right; 0 if there was no yes.</summary>
    public double Precision => Share(TruePositives, FalsePositives);

    /// <summary>The share of positive samples that were found; 0 if there are none.</summary>
    public double Recall => Share(TruePositives, FalseNegatives);

    /// <summary>The share of negative samples that were told; 0 if there are none.</summary>
    public double Specificity => Share(TrueNegatives, FalsePositives);

    private static double Share(long right, long wrong) => right == 0 ? 0 : (double)right / (right + wrong);
}
