namespace NeuralNet.Metrics;

/// <summary>A metric in which each sample counts by its weight, as in the loss.</summary>
/// <remarks>
/// <para>
/// Trainers and evaluators tell its measurements the weights of the data set (<c>DataSet.WithWeights</c>; where each
/// output of a network has its own, <c>DataSet.WithOutputWeights</c>, those of the output that
/// <see cref="MetricExtensions.ForOutput"/> names). On training data they include the class weights of the run, as in
/// the loss and as in Keras's <c>weighted_metrics</c>. The figures are those of scikit-learn's
/// <c>sample_weight</c>; of data without weights, those of the metric itself.
/// </para>
/// <para>Its name is that of the metric with <c>weighted_</c> before it.</para>
/// </remarks>
/// <example><code>
/// metrics: [new Accuracy(), new Accuracy().Weighted(), new RocAuc().Weighted().ForOutput("left")]
/// // accuracy, weighted_accuracy, left_weighted_roc_auc
/// </code></example>
public sealed class WeightedMetric : IMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="metric">The metric.</param>
    /// <exception cref="ArgumentException">The metric counts samples by their weights already.</exception>
    public WeightedMetric(IMetric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        if (metric.IsWeighted)
        {
            throw new ArgumentException(
                $"Metric '{metric.Name}' counts samples by their weights already.", nameof(metric));
        }

        Metric = metric;
    }

    /// <summary>The metric that is told the weights.</summary>
    public IMetric Metric { get; }

    /// <inheritdoc/>
    public string Name => $"weighted_{Metric.Name}";

    /// <summary>True: trainers and evaluators tell measurements the weights.</summary>
    public bool IsWeighted => true;

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return outputs.Begin(Metric);
    }
}
