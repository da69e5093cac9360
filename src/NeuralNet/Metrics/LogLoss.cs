using NeuralNet.Decisions;

namespace NeuralNet.Metrics;

/// <summary>
/// The mean of −log p, with the probability p that was predicted for what happened: for the class of the sample, for
/// yes or for no of one output, and of several labels the mean over all. It is 0 if all was foreseen, and rewards
/// probabilities that are right rather than only in the right order.
/// </summary>
/// <remarks>
/// As scikit-learn's <c>log_loss</c>, also in that a probability of 0 counts as 2⁻⁵². Of logits it is computed without
/// that limit. Unlike a cross-entropy, it takes targets for what they mean: the class of the largest, or yes above ½.
/// Of labels scikit-learn has none; it is the mean of Keras's <c>BinaryCrossentropy</c>. <see cref="IMetric"/> says
/// what outputs mean.
/// </remarks>
public sealed class LogLoss : IMetric
{
    private readonly bool? _fromLogits;

    /// <summary>Makes the metric.</summary>
    /// <param name="fromLogits">
    /// True if the outputs are logits, of which the probabilities are the sigmoid, or the softmax of several classes.
    /// If false, they are probabilities, and those of several classes sum to 1. If null, it follows from the network
    /// and its loss.
    /// </param>
    public LogLoss(bool? fromLogits = null) => _fromLogits = fromLogits;

    /// <inheritdoc/>
    public string Name => "log_loss";

    /// <summary>
    /// The meaning of several outputs, classes or labels; learned from the network and its loss if null.
    /// </summary>
    public OutputMeaning? Meaning { get; init; }

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return new ProbabilityAccumulator(
            ProbabilityFigure.LogLoss, new OutputReading(Name, outputs, meaning: Meaning), _fromLogits);
    }
}
