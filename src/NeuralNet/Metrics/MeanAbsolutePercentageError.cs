using System.Globalization;
using NeuralNet.Guards;

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
public sealed class MeanAbsolutePercentageError : IMetric
{
    private readonly int? _output;

    /// <summary>Makes the metric for all outputs together.</summary>
    public MeanAbsolutePercentageError()
    {
    }

    private MeanAbsolutePercentageError(int output)
    {
        _output = Require.AtLeast(output, 0);
    }

    /// <summary>The name in the history: <c>mape</c>, or of one output such as <c>mape_output_2</c>.</summary>
    public string Name =>
        _output is { } output ? string.Create(CultureInfo.InvariantCulture, $"mape_output_{output}") : "mape";

    /// <summary>Makes the metric for one output alone; outputs may have different sizes.</summary>
    /// <param name="output">The output, from 0.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The output is negative.</exception>
    public static MeanAbsolutePercentageError OfOutput(int output) => new(output);

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        BatchRows.RequireOutput(Name, _output, outputs);
        return new ErrorAccumulator(ErrorFigure.MeanAbsolutePercentage, Name, _output);
    }
}
