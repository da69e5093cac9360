using System.Numerics;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Pipelines;

namespace NeuralNet.Explanations;

/// <summary>A figure by which predictions are judged, and whether higher or lower values are better.</summary>
/// <example><code>Score.Highest(new RocAuc())     // or Score.Lowest(new RootMeanSquaredError())</code></example>
public sealed class Score
{
    private readonly IMetric? _metric;
    private readonly ILoss? _loss;

    private Score(string name, bool higherIsBetter, IMetric? metric, ILoss? loss)
    {
        Name = name;
        HigherIsBetter = higherIsBetter;
        _metric = metric;
        _loss = loss;
    }

    /// <summary>The name of the metric or the loss.</summary>
    public string Name { get; }

    /// <summary>True if a higher value is better, false if a lower one is.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>A metric of which higher values are better, such as accuracy.</summary>
    /// <param name="metric">The metric.</param>
    /// <returns>The score.</returns>
    public static Score Highest(IMetric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return new(metric.Name, higherIsBetter: true, metric, loss: null);
    }

    /// <summary>A metric of which lower values are better, such as an error.</summary>
    /// <param name="metric">The metric.</param>
    /// <returns>The score.</returns>
    public static Score Lowest(IMetric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return new(metric.Name, higherIsBetter: false, metric, loss: null);
    }

    /// <summary>The mean of a loss, weighted where samples have weights; lower is better.</summary>
    /// <remarks>
    /// It compares the results of the pipeline with the targets: of a regression whose outputs are scaled, in the unit
    /// of the data.
    /// </remarks>
    /// <param name="loss">The loss, such as the one that the network was trained with.</param>
    /// <returns>The score.</returns>
    public static Score Loss(ILoss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return new(loss.Name, higherIsBetter: false, metric: null, loss);
    }

    /// <summary>Which figure, and which of its values are better.</summary>
    /// <returns>Such as <c>highest accuracy</c>.</returns>
    public override string ToString() => $"{(HigherIsBetter ? "highest" : "lowest")} {Name}";

    /// <summary>The difference by which a figure is worse than another: above 0 where it is worse.</summary>
    internal double Drop(double before, double after) => HigherIsBetter ? before - after : after - before;

    /// <summary>Starts a measurement of what a pipeline gives.</summary>
    internal RunningScore<T> Start<T>(Pipeline<T> pipeline)
        where T : unmanaged, IFloatingPointIeee754<T> => new(pipeline, _metric, _loss);
}
