namespace NeuralNet.Metrics;

/// <summary>Starts measurements of matrices of which nothing is known.</summary>
public static class MetricExtensions
{
    /// <summary>
    /// Starts a measurement of outputs that are described by <see cref="OutputDescription.Default"/>: probabilities,
    /// and several of them classes.
    /// </summary>
    /// <param name="metric">The metric.</param>
    /// <returns>An empty accumulator.</returns>
    public static IMetricAccumulator Start(this IMetric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return metric.Start(OutputDescription.Default);
    }
}
