using System.Globalization;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>The mean over samples and outputs of the absolute error |o − e|.</summary>
/// <remarks>
/// As scikit-learn's <c>mean_absolute_error</c> and Keras's <c>MeanAbsoluteError</c>. The suffix Metric distinguishes
/// it from the loss of that name.
/// </remarks>
public sealed class MeanAbsoluteErrorMetric : IMetric
{
    private readonly int? _output;

    /// <summary>Makes the metric for all outputs together.</summary>
    public MeanAbsoluteErrorMetric()
    {
    }

    private MeanAbsoluteErrorMetric(int output)
    {
        _output = Require.AtLeast(output, 0);
    }

    /// <summary>The name in the history: <c>mae</c>, or of one output such as <c>mae_output_2</c>.</summary>
    public string Name =>
        _output is { } output ? string.Create(CultureInfo.InvariantCulture, $"mae_output_{output}") : "mae";

    /// <summary>Makes the metric for one output alone; outputs may have different units.</summary>
    /// <param name="output">The output, from 0.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The output is negative.</exception>
    public static MeanAbsoluteErrorMetric OfOutput(int output) => new(output);

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        BatchRows.RequireOutput(Name, _output, outputs);
        return new ErrorAccumulator(ErrorFigure.MeanAbsolute, Name, _output);
    }
}
