using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// The mean absolute error of forecasts relative to that of a naive forecast of the training data: below 1 they are
/// better than repeating the value of the step, or of the season, before. It is called MASE.
/// </summary>
/// <remarks>
/// R. J. Hyndman and A. B. Koehler, "Another look at measures of forecast accuracy" (2006). With the training data
/// y₁ … yₙ and the season's length m, 1 without seasons, the scale is the mean of |yₜ − yₜ₋ₘ| over t = m + 1 … n; the
/// figure is the mean over samples and outputs of |o − e|, divided by it. The scale comes from training data alone, in
/// the unit of the targets.
/// </remarks>
/// <example><code>
/// var mase = new MeanAbsoluteScaledError(MeanAbsoluteScaledError.ScaleOf(training, period: 12));
/// </code></example>
public sealed class MeanAbsoluteScaledError : RegressionMetric
{
    /// <summary>Makes the metric for all outputs together.</summary>
    /// <param name="scale">The error of the naive forecast, as <see cref="ScaleOf"/> gives it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not a finite number above 0.</exception>
    public MeanAbsoluteScaledError(double scale)
        : this(scale, output: null)
    {
    }

    private MeanAbsoluteScaledError(double scale, int? output)
        : base("mase", output) => Scale = Require.Positive(scale);

    /// <summary>The error of the naive forecast of the training data, in the unit of the targets.</summary>
    public double Scale { get; }

    /// <summary>Makes the metric for one output alone; outputs may have different units.</summary>
    /// <param name="scale">The error of the naive forecast of that output.</param>
    /// <param name="output">The output, from 0.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The scale is not a finite number above 0, or the output is negative.
    /// </exception>
    public static MeanAbsoluteScaledError OfOutput(double scale, int output) => new(scale, output);

    /// <summary>
    /// The mean absolute error of a naive forecast, which repeats the value of the step or the season before: the mean
    /// of |yₜ − yₜ₋ₘ|.
    /// </summary>
    /// <param name="training">y, the training data in the order of time; NaN where a value is missing.</param>
    /// <param name="period">m, the steps of a season, such as 12 for months; 1 without seasons.</param>
    /// <returns>The mean over all pairs of which both values are there; 0 for a constant series.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The period is below 1.</exception>
    /// <exception cref="ArgumentException">No two values are a period apart.</exception>
    public static double ScaleOf(ReadOnlySpan<double> training, int period = 1)
    {
        Require.AtLeast(period, 1);
        var sum = default(CompensatedSum);
        long count = 0;
        for (int t = period; t < training.Length; t++)
        {
            double difference = Math.Abs(training[t] - training[t - period]);
            if (!double.IsNaN(difference))
            {
                sum.Add(difference);
                count++;
            }
        }

        return count > 0
            ? sum.Value / count
            : throw new ArgumentException(
                $"There must be two values that are {Quantity.Of(period, "step")} apart, but there is no such pair "
                + $"among {Quantity.Of(training.Length, "value")}. Give a longer series, or a shorter period.",
                nameof(training));
    }

    private protected override IMetricAccumulator Start(string name, int? output) =>
        new ErrorAccumulator(ErrorFigure.MeanAbsolute, name, output, Scale);
}
