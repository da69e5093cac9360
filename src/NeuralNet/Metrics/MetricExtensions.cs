namespace NeuralNet.Metrics;

/// <summary>
/// Ways to use a metric: for one of several outputs, for each step, or for matrices of which nothing is known.
/// </summary>
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

    /// <summary>The same metric for one of the outputs of a network that has several.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="output">The name of the output.</param>
    /// <returns>A metric whose name is that of the output and of the metric, such as <c>price_rmse</c>.</returns>
    /// <exception cref="ArgumentException">The metric is about an output already.</exception>
    public static IMetric ForOutput(this IMetric metric, string output) => new OutputMetric(output, metric);

    /// <summary>The same metric of each step of a sequence, or of each pixel of an image.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="steps">The number of steps; of an image the number of pixels, height · width.</param>
    /// <returns>A metric of the same name; see <see cref="StepMetric"/>.</returns>
    /// <exception cref="ArgumentException">The metric is that of one of several outputs, or of steps.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no step.</exception>
    public static IMetric PerStep(this IMetric metric, int steps) => new StepMetric(metric, steps);
}
