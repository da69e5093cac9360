namespace NeuralNet.Metrics;

/// <summary>
/// The coefficient of determination R² = 1 − Σ (e − o)² / Σ (e − ē)²: 1 if every output equals its target, 0 if the
/// outputs are as good as the mean ē of the targets, negative if they are worse. For several outputs, it is the mean of
/// their R²; <see cref="OfOutput"/> gives that of one.
/// </summary>
/// <remarks>
/// As scikit-learn's <c>r2_score</c>, also in the limiting cases: for fewer than two samples it is NaN; for targets
/// that are all the same it is 1 if all outputs are right, else 0. The sums are taken in one pass, by Welford's method
/// on targets from which the first is subtracted, and compensated, so that neither a large mean nor many samples cost
/// digits (B. P. Welford, Note on a method for calculating corrected sums of squares and products, 1962).
/// </remarks>
public sealed class R2Score : RegressionMetric
{
    /// <summary>Makes the metric for all outputs together.</summary>
    public R2Score()
        : this(output: null)
    {
    }

    private R2Score(int? output)
        : base("r2", output)
    {
    }

    /// <summary>Makes the metric for one output alone; outputs may have different units.</summary>
    /// <param name="output">The output, from 0.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The output is negative.</exception>
    public static R2Score OfOutput(int output) => new(output);

    private protected override IMetricAccumulator Start(string name, int? output) =>
        new DeterminationAccumulator(name, output, aboutMean: false);
}
