using System.Globalization;
using NeuralNet.Decisions;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>A figure of how far outputs, which are numbers, are from their targets.</summary>
public abstract class RegressionMetric : IMetric
{
    private readonly string _figure;
    private readonly int? _output;

    private protected RegressionMetric(string figure, int? output)
    {
        _figure = figure;
        _output = output is { } one ? Require.AtLeast(one, 0, nameof(output)) : null;
    }

    /// <summary>
    /// The name in the history: that of the figure, such as <c>rmse</c>, and of one output such as
    /// <c>rmse_output_2</c>.
    /// </summary>
    public string Name => _output is { } output
        ? string.Create(CultureInfo.InvariantCulture, $"{_figure}_output_{output}")
        : _figure;

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        BatchRows.RequireOutput(Name, _output, outputs);
        if (outputs.Scale is OutputScale.Logit or OutputScale.LogProbability)
        {
            throw new ArgumentException(
                $"Metric '{Name}' compares numbers with numbers, but the outputs are "
                + (outputs.Scale == OutputScale.Logit ? "logits" : "logarithms of probabilities")
                + $" and the targets say what is true. Measure {nameof(Accuracy)} of classes, "
                + $"{nameof(BinaryAccuracy)} of yes or no, or {nameof(LogLoss)}; to predict numbers, train with a loss "
                + "such as MeanSquaredError.",
                nameof(outputs));
        }

        return Start(Name, _output);
    }

    /// <summary>Starts a measurement of one output, or of all together.</summary>
    private protected abstract IMetricAccumulator Start(string name, int? output);
}
