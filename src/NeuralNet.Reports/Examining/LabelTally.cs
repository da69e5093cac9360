namespace NeuralNet.Reports.Examining;

/// <summary>The counts of a class or a label.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Actual">The samples that are of it.</param>
/// <param name="Predicted">The samples that were taken for it.</param>
/// <param name="Right">The samples that both hold for.</param>
internal sealed record LabelTally(string Name, int Actual, int Predicted, int Right)
{
    /// <summary>Share of those taken for it that are of it; NaN if there are none.</summary>
    public double Precision => (double)Right / Predicted;

    /// <summary>Share of those of it that were found; NaN if there are none.</summary>
    public double Recall => (double)Right / Actual;

    /// <summary>The harmonic mean of both; NaN if there are none of either.</summary>
    public double F1 => 2.0 * Right / (Actual + Predicted);
}
