using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Training;

namespace NeuralNet.Callbacks;

/// <summary>A figure of an epoch that callbacks watch, and whether higher or lower values are better.</summary>
public sealed class MonitoredValue
{
    private readonly string? _metric;

    private MonitoredValue(string name, string? metric, bool higherIsBetter)
    {
        Name = name;
        _metric = metric;
        HigherIsBetter = higherIsBetter;
    }

    /// <summary>
    /// The loss: of the validation data if there are any, else of the training data. Lower is better.
    /// </summary>
    public static MonitoredValue Loss { get; } = new("loss", metric: null, higherIsBetter: false);

    /// <summary>The name of the figure, such as <c>loss</c> or <c>accuracy</c>.</summary>
    public string Name { get; }

    /// <summary>True if a higher value is better, false if a lower one is.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>
    /// A metric of which higher values are better, such as accuracy: on the validation data if there are any.
    /// </summary>
    /// <param name="metric">The metric's name, such as <c>accuracy</c>; it must be among the run's metrics.</param>
    /// <returns>The monitor.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static MonitoredValue Highest(string metric)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(metric);
        return new(metric, metric, higherIsBetter: true);
    }

    /// <summary>
    /// A metric of which lower values are better, such as an error: on the validation data if there are any.
    /// </summary>
    /// <param name="metric">The metric's name; it must be among the run's metrics.</param>
    /// <returns>The monitor.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static MonitoredValue Lowest(string metric)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(metric);
        return new(metric, metric, higherIsBetter: false);
    }

    /// <summary>Reads the figure.</summary>
    /// <param name="result">The result of an epoch.</param>
    /// <param name="hasValidation">
    /// Whether the run has validation data; an epoch without a validation then has no figure.
    /// </param>
    /// <returns>
    /// The figure; null for an epoch without one: not validated, or ended early.
    /// </returns>
    /// <exception cref="InvalidOperationException">The run has no such metric.</exception>
    public double? Read(EpochResult result, bool hasValidation)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (hasValidation ? result.Validation is null : !result.IsComplete)
        {
            return null;
        }

        if (_metric is null)
        {
            return hasValidation ? result.Validation!.Loss : result.Loss;
        }

        IReadOnlyDictionary<string, double> metrics = hasValidation ? result.Validation!.Metrics : result.Metrics;
        return metrics.TryGetValue(_metric, out double value) ? value : throw NoSuchMetric(metrics.Keys);
    }

    /// <summary>
    /// Refuses a run that does not have the figure: for
    /// <see cref="ITrainingCallback{T}.Check"/>, so that it is known before the first step.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="context">The run.</param>
    /// <exception cref="InvalidOperationException">
    /// The run has no such metric; the message says which it has, and how to ask for the one that was meant.
    /// </exception>
    public void RequireIn<T>(TrainingContext<T> context)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_metric is not null && !context.Metrics.ContainsKey(_metric))
        {
            throw NoSuchMetric(context.Metrics.Keys);
        }
    }

    /// <summary>Whether a figure is better than another by more than a difference. NaN is never better.</summary>
    /// <param name="value">The new figure.</param>
    /// <param name="best">The best so far; NaN if there is none.</param>
    /// <param name="minImprovement">The difference that a figure must exceed to count.</param>
    /// <param name="mode">Whether it is in the unit of the figure or a share of the best.</param>
    /// <returns>Whether it is better.</returns>
    public bool IsBetter(
        double value,
        double best,
        double minImprovement = 0,
        ImprovementMode mode = ImprovementMode.Absolute)
    {
        if (double.IsNaN(value) || double.IsNaN(best))
        {
            return !double.IsNaN(value);
        }

        // Of an infinite best no share can be taken: every figure on its better side is better.
        double least = mode == ImprovementMode.Absolute ? minImprovement
            : double.IsFinite(best) ? minImprovement * Math.Abs(best)
            : 0;
        return HigherIsBetter ? value > best + least : value < best - least;
    }

    /// <summary>The figure in words, such as <c>loss</c>, <c>highest accuracy</c> or <c>lowest error</c>.</summary>
    public override string ToString() =>
        _metric is null ? Name : $"{(HigherIsBetter ? "highest" : "lowest")} {_metric}";

    private InvalidOperationException NoSuchMetric(IEnumerable<string> measured) =>
        new($"The run has no metric {MessageText.Quoted(_metric!)} to go by; it has: "
            + $"{MessageText.Listed(measured.DefaultIfEmpty("none"))}."
            + MetricNames.Advice(_metric!, measured, "watch MonitoredValue.Loss"));
}
