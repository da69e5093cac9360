namespace NeuralNet.Metrics;

/// <summary>
/// A figure that measures how good a network's outputs are. The metric itself is immutable; each measurement over a
/// series of batches has its own accumulator.
/// </summary>
/// <remarks>
/// <para>
/// Metrics of classifiers agree on what the outputs of a sample mean. Several outputs that are classes: the class is
/// the index of the largest one, the first of them if several are equal. The same holds for targets, which are one-hot
/// or any distribution. Several outputs that are labels: each is a yes-or-no question of its own. One output: class 1
/// if it is above a threshold, else class 0; a target means class 1 if it is above ½, so that both 0 and 1 and −1 and 1
/// work.
/// </para>
/// <para>
/// Which of them it is, and the threshold, metrics learn from the network and its loss when a training or an evaluation
/// begins, as <see cref="OutputDescription"/> says: probabilities mean yes above ½, logits above 0. A metric that was
/// given a threshold or a meaning goes by that. One that makes no sense is refused before the first step, with the
/// name of the metric to use instead. Outputs are compared in their own precision, to which the threshold is rounded,
/// and one that equals the threshold means no.
/// </para>
/// <para>
/// NaN is no answer. A figure over an output or a target that is NaN is NaN, as a loss is, however many others there
/// are, until the measurement is reset. Whatever names a class or a label, such as <c>PredictLabel</c>, or counts one,
/// such as <see cref="ConfusionMatrix"/>, refuses NaN instead.
/// </para>
/// <para>
/// Every sample counts alike, whatever it weighs in the loss, as in Keras. A metric made
/// <see cref="MetricExtensions.Weighted"/> counts each by its weight.
/// </para>
/// </remarks>
public interface IMetric
{
    /// <summary>The name of the figure in a history, such as <c>accuracy</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Whether trainers and evaluators tell measurements the weights of the samples; false unless overridden, so that
    /// all count alike.
    /// </summary>
    bool IsWeighted => false;

    /// <summary>Starts a measurement.</summary>
    /// <param name="outputs">What is known of the outputs that will be added.</param>
    /// <returns>An empty accumulator.</returns>
    /// <exception cref="ArgumentException">
    /// The metric makes no sense for such outputs; the message names one that does.
    /// </exception>
    IMetricAccumulator Start(OutputDescription outputs);
}
