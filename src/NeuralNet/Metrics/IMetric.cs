namespace NeuralNet.Metrics;

/// <summary>
/// A figure that says how good a network's outputs are. The metric itself is immutable; each measurement over a series
/// of batches has an accumulator of its own.
/// </summary>
/// <remarks>
/// Metrics of classifiers agree on what the outputs of a sample mean. Several outputs: the class is where the largest
/// stands, the first of them if several are equal; so it is for targets, which are one-hot or any distribution. One
/// output: class 1 if it is above a threshold, else class 0; the target is class 1 if it is above ½, so 0 and 1 will do
/// as well as −1 and 1. The threshold is 0.5 unless told otherwise, which is right for probabilities; for a logit,
/// which is 0 where the probability is ½, it is 0.
/// </remarks>
public interface IMetric
{
    /// <summary>The name under which the figure stands in a history, such as <c>accuracy</c>.</summary>
    string Name { get; }

    /// <summary>Starts a measurement.</summary>
    /// <returns>An accumulator that has seen nothing.</returns>
    IMetricAccumulator Start();
}
