namespace NeuralNet.Metrics;

/// <summary>
/// A figure that says how good a network's outputs are. The metric itself is immutable; each measurement over a series
/// of batches has an accumulator of its own.
/// </summary>
public interface IMetric
{
    /// <summary>The name under which the figure stands in a history, such as <c>accuracy</c>.</summary>
    string Name { get; }

    /// <summary>Starts a measurement.</summary>
    /// <returns>An accumulator that has seen nothing.</returns>
    IMetricAccumulator Start();
}
