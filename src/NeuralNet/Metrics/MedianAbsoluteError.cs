namespace NeuralNet.Metrics;

/// <summary>
/// The median over the samples of |o − e|, which a few samples that are far off do not change; for several outputs, the
/// mean of their medians.
/// </summary>
/// <remarks>
/// As scikit-learn's <c>median_absolute_error</c>: between the two middle errors of an even number, their mean; with
/// weights, an error such that the errors below it and those above it each weigh at most half, and the mean of the two
/// where two are (as newer versions of scikit-learn have it; older ones took the lower). It keeps every error, 8
/// bytes per sample and output, or 16 where samples have weights; reading the figure sorts them.
/// </remarks>
public sealed class MedianAbsoluteError : RegressionMetric
{
    /// <summary>Makes the metric for all outputs together.</summary>
    public MedianAbsoluteError()
        : this(output: null)
    {
    }

    private MedianAbsoluteError(int? output)
        : base("median_absolute_error", output)
    {
    }

    /// <summary>Makes the metric for one output alone; outputs may have different units.</summary>
    /// <param name="output">The output, from 0.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The output is negative.</exception>
    public static MedianAbsoluteError OfOutput(int output) => new(output);

    private protected override IMetricAccumulator Start(string name, int? output) =>
        new MedianAccumulator(name, output);
}
