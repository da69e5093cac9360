namespace NeuralNet.Metrics;

/// <summary>
/// The share of the targets' variance that the outputs explain, 1 − Var(e − o) / Var(e): <see cref="R2Score"/>, but
/// that outputs which are all too high or too low by the same amount count as right. For several outputs, it is the
/// mean of their shares.
/// </summary>
/// <remarks>
/// As scikit-learn's <c>explained_variance_score</c>, also where targets are all the same: it is 1 if the errors are
/// so, too, else 0. For fewer than two samples, which have no variance, it is NaN, as <see cref="R2Score"/>;
/// scikit-learn takes 1.
/// </remarks>
public sealed class ExplainedVariance : RegressionMetric
{
    /// <summary>Makes the metric for all outputs together.</summary>
    public ExplainedVariance()
        : this(output: null)
    {
    }

    private ExplainedVariance(int? output)
        : base("explained_variance", output)
    {
    }

    /// <summary>Makes the metric for one output alone; outputs may have different units.</summary>
    /// <param name="output">The output, from 0.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The output is negative.</exception>
    public static ExplainedVariance OfOutput(int output) => new(output);

    private protected override IMetricAccumulator Start(string name, int? output) =>
        new DeterminationAccumulator(name, output, aboutMean: true);
}
