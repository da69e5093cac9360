namespace NeuralNet.Metrics;

/// <summary>The mean over samples and outputs of the absolute error |o − e|.</summary>
/// <remarks>
/// As scikit-learn's <c>mean_absolute_error</c> and Keras's <c>MeanAbsoluteError</c>. The suffix Metric distinguishes
/// it from the loss of that name.
/// </remarks>
public sealed class MeanAbsoluteErrorMetric : RegressionMetric
{
    /// <summary>Makes the metric for all outputs together.</summary>
    public MeanAbsoluteErrorMetric()
        : this(output: null)
    {
    }

    private MeanAbsoluteErrorMetric(int? output)
        : base("mae", output)
    {
    }

    /// <summary>Makes the metric for one output alone; outputs may have different units.</summary>
    /// <param name="output">The output, from 0.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The output is negative.</exception>
    public static MeanAbsoluteErrorMetric OfOutput(int output) => new(output);

    private protected override IMetricAccumulator Start(string name, int? output) =>
        new ErrorAccumulator(ErrorFigure.MeanAbsolute, name, output);
}
