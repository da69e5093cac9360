using NeuralNet.Decisions;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// Area under the ROC curve: the probability that a sample of a class has a higher score for that class than a sample
/// of another class, where a tie counts half. 1 is a perfect order, ½ is chance; there is no threshold.
/// </summary>
/// <remarks>
/// <para>
/// One output: it is the score of class 1, a probability or a logit, because only the order counts. Two outputs:
/// that of class 1 is measured. More outputs: the plain mean over the classes, each against the rest, as scikit-learn's
/// <c>roc_auc_score</c> with <c>multi_class="ovr"</c>. Several labels: the plain mean over the labels, each with its
/// own output as its score. A class or label that has no samples, or all of them, has no curve and is left out
/// (scikit-learn refuses it). The figure is NaN if no class has a curve, or if a score is NaN.
/// </para>
/// <para>
/// It is exact, as scikit-learn's: Keras's <c>AUC</c> approximates it with 200 thresholds. To be exact, it keeps
/// every score: 8 bytes per sample, times the number of classes if there are more than two. Adding a batch allocates
/// only when that memory grows, by doubling, and never in later epochs. Reading the figure sorts the n scores, O(n log
/// n), if samples were added since it was last read, so do not read it after every batch.
/// </para>
/// </remarks>
public sealed class RocAuc : IMetric
{
    private readonly bool? _fromLogits;
    private readonly int? _classIndex;

    /// <summary>Makes the metric for a classifier as a whole.</summary>
    /// <param name="fromLogits">
    /// For several classes, true if the outputs are logits or logarithms of probabilities, as in a network trained with
    /// softmax cross-entropy; the score of a class is then its log-odds log p/(1 − p) with p = softmax(z). If false,
    /// they must be probabilities that sum to 1, because logits of different samples cannot be compared. If null, it
    /// follows from the network and its loss. With a single output, and for labels, it does not matter.
    /// </param>
    public RocAuc(bool? fromLogits = null) => _fromLogits = fromLogits;

    private RocAuc(int classIndex, bool? fromLogits)
        : this(fromLogits)
    {
        _classIndex = Require.AtLeast(classIndex, 0);
    }

    /// <inheritdoc/>
    public string Name => _classIndex is null ? "roc_auc" : $"roc_auc_class_{_classIndex}";

    /// <summary>
    /// The meaning of several outputs, classes or labels; learned from the network and its loss if null.
    /// </summary>
    public OutputMeaning? Meaning { get; init; }

    /// <summary>Makes the metric for one class against all others, or for one of several labels.</summary>
    /// <param name="classIndex">The class or label, from 0.</param>
    /// <param name="fromLogits">
    /// For several classes, true if the outputs are logits; if false, they are probabilities that sum to 1; if null, it
    /// follows from the network and its loss.
    /// </param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The class is negative.</exception>
    public static RocAuc OfClass(int classIndex, bool? fromLogits = null) => new(classIndex, fromLogits);

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return RocAucAccumulator.Begin(
            new OutputReading(Name, outputs, meaning: Meaning), _fromLogits, _classIndex);
    }
}
