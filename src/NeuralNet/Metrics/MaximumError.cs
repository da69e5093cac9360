namespace NeuralNet.Metrics;

/// <summary>The largest |o − e| over samples and outputs: the worst that happened.</summary>
/// <remarks>
/// As scikit-learn's <c>max_error</c>, which takes a single output. Weights do not change it, but that a sample that
/// weighs 0 is not there.
/// </remarks>
public sealed class MaximumError : RegressionMetric
{
    /// <summary>Makes the metric for all outputs together.</summary>
    public MaximumError()
        : this(output: null)
    {
    }

    private MaximumError(int? output)
        : base("max_error", output)
    {
    }

    /// <summary>Makes the metric for one output alone; outputs may have different units.</summary>
    /// <param name="output">The output, from 0.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The output is negative.</exception>
    public static MaximumError OfOutput(int output) => new(output);

    private protected override IMetricAccumulator Start(string name, int? output) =>
        new MaximumAccumulator(name, output);
}
