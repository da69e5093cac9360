namespace NeuralNet.ModelSelection;

/// <summary>The mean of a figure over folds, and its standard deviation from fold to fold.</summary>
/// <param name="Mean">x̄ = (1/k) Σ xᵢ.</param>
/// <param name="StandardDeviation">√(Σ (xᵢ − x̄)² / (k − 1)).</param>
public readonly record struct MeanAndDeviation(double Mean, double StandardDeviation)
{
    /// <summary>Mean ± deviation.</summary>
    /// <returns>For example <c>0.912 ± 0.013</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Mean:G4} ± {StandardDeviation:G2}");

    internal static MeanAndDeviation Of(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        return new(mean, Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)));
    }
}
