namespace NeuralNet.Metrics;

/// <summary>
/// The mean over samples and outputs of (log(1 + o) − log(1 + e))²: for targets that are counts or prices, where being
/// wrong by a factor matters, and too low is worse than too high. It is called MSLE.
/// </summary>
/// <remarks>
/// As scikit-learn's <c>mean_squared_log_error</c>, whose newer versions take numbers above −1, as here; Keras's takes
/// those below 0 for 0. A target of −1 or less has no logarithm and is refused; an output below −1 makes the figure
/// NaN.
/// </remarks>
public sealed class MeanSquaredLogarithmicError : RegressionMetric
{
    /// <summary>Makes the metric for all outputs together.</summary>
    public MeanSquaredLogarithmicError()
        : this(output: null)
    {
    }

    private MeanSquaredLogarithmicError(int? output)
        : base("msle", output)
    {
    }

    /// <summary>Makes the metric for one output alone; outputs may have different units.</summary>
    /// <param name="output">The output, from 0.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The output is negative.</exception>
    public static MeanSquaredLogarithmicError OfOutput(int output) => new(output);

    private protected override IMetricAccumulator Start(string name, int? output) =>
        new ErrorAccumulator(ErrorFigure.MeanSquaredLogarithmic, name, output);
}
