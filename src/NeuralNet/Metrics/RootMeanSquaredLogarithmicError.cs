namespace NeuralNet.Metrics;

/// <summary>
/// The square root of the mean squared logarithmic error: 0.1 is an error of about 10 % of 1 + e. It is called RMSLE.
/// </summary>
/// <remarks>
/// For several outputs it is the root of the mean over all of them, so always the root of
/// <see cref="MeanSquaredLogarithmicError"/>, which says what numbers it takes. scikit-learn's
/// <c>mean_squared_log_error</c> with <c>squared=False</c> is the mean of the outputs' roots.
/// </remarks>
public sealed class RootMeanSquaredLogarithmicError : RegressionMetric
{
    /// <summary>Makes the metric for all outputs together.</summary>
    public RootMeanSquaredLogarithmicError()
        : this(output: null)
    {
    }

    private RootMeanSquaredLogarithmicError(int? output)
        : base("rmsle", output)
    {
    }

    /// <summary>Makes the metric for one output alone; outputs may have different units.</summary>
    /// <param name="output">The output, from 0.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The output is negative.</exception>
    public static RootMeanSquaredLogarithmicError OfOutput(int output) => new(output);

    private protected override IMetricAccumulator Start(string name, int? output) =>
        new ErrorAccumulator(ErrorFigure.RootMeanSquaredLogarithmic, name, output);
}
