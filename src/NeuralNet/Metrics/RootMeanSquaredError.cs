namespace NeuralNet.Metrics;

/// <summary>The square root of the mean squared error: an error in the unit of the targets.</summary>
/// <remarks>
/// As Keras's <c>RootMeanSquaredError</c>: for several outputs it is the root of the mean over all of them, so always
/// the root of <see cref="MeanSquaredErrorMetric"/>. scikit-learn's <c>mean_squared_error</c> with <c>squared=False</c>
/// is the mean of the outputs' roots, which is at most this.
/// </remarks>
public sealed class RootMeanSquaredError : RegressionMetric
{
    /// <summary>Makes the metric for all outputs together.</summary>
    public RootMeanSquaredError()
        : this(output: null)
    {
    }

    private RootMeanSquaredError(int? output)
        : base("rmse", output)
    {
    }

    /// <summary>Makes the metric for one output alone; outputs may have different units.</summary>
    /// <param name="output">The output, from 0.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The output is negative.</exception>
    public static RootMeanSquaredError OfOutput(int output) => new(output);

    private protected override IMetricAccumulator Start(string name, int? output) =>
        new ErrorAccumulator(ErrorFigure.RootMeanSquared, name, output);
}
