namespace NeuralNet.Metrics;

/// <summary>
/// Figures of a classifier as a whole which allow for classes of different sizes, from the numbers aᵢ of samples of
/// class i, pᵢ predicted to be of it, rᵢ for which both hold, and n of all. All are NaN without samples.
/// </summary>
internal static class Agreement
{
    /// <summary>The mean of rᵢ/aᵢ over the classes that have samples.</summary>
    public static double BalancedAccuracy(ClassCounts counts) =>
        counts.Score(ClassFigure.Recall, Averaging.Macro, double.NaN);

    /// <summary>
    /// (n·Σrᵢ − Σaᵢpᵢ) / √((n² − Σaᵢ²)·(n² − Σpᵢ²)); 0 where a factor is 0, because all samples are of one class or
    /// all predictions are.
    /// </summary>
    public static double MatthewsCorrelation(ClassCounts counts)
    {
        double n = counts.Count;
        double actual = n * n;
        double predicted = n * n;
        double covariance = n * counts.Right;
        for (int i = 0; i < counts.Classes; i++)
        {
            actual -= counts.Actual(i) * counts.Actual(i);
            predicted -= counts.Predicted(i) * counts.Predicted(i);
            covariance -= counts.Actual(i) * counts.Predicted(i);
        }

        return n == 0 ? double.NaN
            : actual <= 0 || predicted <= 0 ? 0
            : covariance / Math.Sqrt(actual * predicted);
    }

    /// <summary>1 − (n − Σrᵢ) / (n − Σaᵢpᵢ/n); NaN where all samples and all predictions are of one class.</summary>
    public static double CohensKappa(ClassCounts counts)
    {
        double n = counts.Count;
        double byChance = 0;
        for (int i = 0; i < counts.Classes; i++)
        {
            byChance += counts.Actual(i) * counts.Predicted(i);
        }

        double expected = n - (byChance / n);
        return expected == 0 ? double.NaN : 1 - ((n - counts.Right) / expected);
    }
}
