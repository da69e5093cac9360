namespace NeuralNet.Metrics;

/// <summary>The mean over samples and outputs of the squared error (o − e)².</summary>
/// <remarks>
/// As scikit-learn's <c>mean_squared_error</c> and Keras's <c>MeanSquaredError</c>. The suffix Metric distinguishes it
/// from the loss of that name.
/// </remarks>
public sealed class MeanSquaredErrorMetric : RegressionMetric
{
    /// <summary>Makes the metric for all outputs together.</summary>
    public MeanSquaredErrorMetric()
        : this(output: null)
    {
    }

    private MeanSquaredErrorMetric(int? output)
        : base("mse", output)
    {
    }

    /// <summary>Makes the metric for one output alone; outputs may have different units.</summary>
    /// <param name="output">The output, from 0.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The output is negative.</exception>
    public static MeanSquaredErrorMetric OfOutput(int output) => new(output);

    private protected override IMetricAccumulator Start(string name, int? output) =>
        new ErrorAccumulator(ErrorFigure.MeanSquared, name, output);
}
