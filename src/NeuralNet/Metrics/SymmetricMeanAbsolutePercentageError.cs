namespace NeuralNet.Metrics;

/// <summary>
/// The mean over samples and outputs of the absolute error relative to the mean size of output and target,
/// 2|o − e| / (|o| + |e|): from 0 to 2, and 0.1 is an error of about 10 %. It is called sMAPE.
/// </summary>
/// <remarks>
/// As in the M4 competition of forecasts (S. Makridakis, E. Spiliotis and V. Assimakopoulos, 2020), but as a share
/// instead of percent; neither scikit-learn nor Keras has it. Where output and target both are 0, the error is 0; where
/// only one of them is, it is 2 whatever the other. Targets must be in their own unit: of scaled ones, measure behind
/// the pipeline.
/// </remarks>
public sealed class SymmetricMeanAbsolutePercentageError : RegressionMetric
{
    /// <summary>Makes the metric for all outputs together.</summary>
    public SymmetricMeanAbsolutePercentageError()
        : this(output: null)
    {
    }

    private SymmetricMeanAbsolutePercentageError(int? output)
        : base("smape", output)
    {
    }

    /// <summary>Makes the metric for one output alone; outputs may have different sizes.</summary>
    /// <param name="output">The output, from 0.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The output is negative.</exception>
    public static SymmetricMeanAbsolutePercentageError OfOutput(int output) => new(output);

    private protected override IMetricAccumulator Start(string name, int? output) =>
        new ErrorAccumulator(ErrorFigure.SymmetricMeanAbsolutePercentage, name, output);
}
