namespace NeuralNet.Metrics;

/// <summary>
/// A figure that measures how good a network's outputs are. The metric itself is immutable; each measurement over a
/// series of batches has its own accumulator.
/// </summary>
/// <remarks>
/// Metrics of classifiers agree on what the outputs of a sample mean. Several outputs: the class is the index of the
/// largest one, the first of them if several are equal. The same holds for targets, which are one-hot or any
/// distribution. One output: class 1 if it is above a threshold, else class 0; a target means class 1 if it is above ½,
/// so that both 0 and 1 and −1 and 1 work. The default threshold is 0.5, for probabilities; for logits use 0, because a
/// logit is 0 where the probability is ½.
/// </remarks>
public interface IMetric
{
    /// <summary>The name of the figure in a history, such as <c>accuracy</c>.</summary>
    string Name { get; }

    /// <summary>Starts a measurement.</summary>
    /// <returns>An empty accumulator.</returns>
    IMetricAccumulator Start();
}
