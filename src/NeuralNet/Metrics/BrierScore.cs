using NeuralNet.Decisions;

namespace NeuralNet.Metrics;

/// <summary>
/// The mean squared error of the predicted probabilities: of one output or of two classes, the mean of (p − y)² with
/// y = 1 for yes and 0 for no; of more classes, that of their sum Σ (pᵢ − yᵢ)²; of several labels, the mean over all.
/// </summary>
/// <remarks>
/// G. W. Brier, Verification of forecasts expressed in terms of probability (1950). As scikit-learn's
/// <c>brier_score_loss</c>, in its newer versions also of more than two classes. <see cref="IMetric"/> says what
/// outputs mean.
/// </remarks>
public sealed class BrierScore : IMetric
{
    private readonly bool? _fromLogits;

    /// <summary>Makes the metric.</summary>
    /// <param name="fromLogits">
    /// True if the outputs are logits, of which the probabilities are the sigmoid, or the softmax of several classes.
    /// If false, they are probabilities, and those of several classes sum to 1. If null, it follows from the network
    /// and its loss.
    /// </param>
    public BrierScore(bool? fromLogits = null) => _fromLogits = fromLogits;

    /// <inheritdoc/>
    public string Name => "brier_score";

    /// <summary>
    /// The meaning of several outputs, classes or labels; learned from the network and its loss if null.
    /// </summary>
    public OutputMeaning? Meaning { get; init; }

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return new ProbabilityAccumulator(
            ProbabilityFigure.Brier, new OutputReading(Name, outputs, meaning: Meaning), _fromLogits);
    }
}
