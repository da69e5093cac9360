namespace NeuralNet.Metrics;

/// <summary>
/// The mean over samples and outputs of the absolute error relative to the target, |o − e| / |e|: 0.1 is an error of
/// 10 %. It is called MAPE.
/// </summary>
/// <remarks>
/// As scikit-learn's <c>mean_absolute_percentage_error</c>, also in that a target of 0 counts as 2⁻⁵², which makes the
/// figure enormous: where targets come near 0 it says nothing, and <see cref="MeanAbsoluteErrorMetric"/> or
/// <see cref="MeanAbsoluteScaledError"/> should take its place. It is a share; Keras has it in percent, 100 times that,
/// and counts a target of 0 as 10⁻⁷. Targets must be in their own unit: of scaled ones, measure behind the pipeline.
/// </remarks>
public sealed class MeanAbsolutePercentageError : RegressionMetric
{
    /// <summary>Makes the metric for all outputs together.</summary>
    public MeanAbsolutePercentageError()
        : this(output: null)
    {
    }

    private MeanAbsolutePercentageError(int? output)
        : base("mape", output)
    {
    }

    /// <summary>Makes the metric for one output alone; outputs may have different sizes.</summary>
    /// <param name="output">The output, from 0.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The output is negative.</exception>
    public static MeanAbsolutePercentageError OfOutput(int output) => new(output);

    private protected override IMetricAccumulator Start(string name, int? output) =>
        new ErrorAccumulator(ErrorFigure.MeanAbsolutePercentage, name, output);
}
