using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// Area under the ROC curve: the probability that a sample of a class has a higher score for it than one of another
/// class, a tie counting half. 1 is a perfect order, ½ is chance; no threshold plays a part.
/// </summary>
/// <remarks>
/// <para>
/// One output: it is the score of class 1, be it a probability or a logit, for only the order counts. Two outputs: that
/// of class 1 is measured. More: the plain mean over the classes of each one against the rest, as scikit-learn's
/// <c>roc_auc_score</c> with <c>multi_class="ovr"</c>. Classes that have no samples, or all of them, have no
/// curve and are left out (scikit-learn refuses them); NaN if no class has one, or if a score is NaN.
/// </para>
/// <para> It is exact, as scikit-learn's: Keras's <c>AUC</c> approximates it with 200 thresholds. For that every score
/// is kept: 8 bytes per sample, and per class if there are more than two. Adding a batch allocates only where that
/// memory grows, by doubling, and none in later epochs. Reading the figure sorts the n scores, O(n log n), if samples
/// came since it was read last, so after every batch it is better left unread. </para>
/// </remarks>
public sealed class RocAuc : IMetric
{
    private readonly bool _fromLogits;
    private readonly int? _classIndex;

    /// <summary>Makes the metric for a classifier as a whole.</summary>
    /// <param name="fromLogits">
    /// Of several outputs, whether they are logits, as a network has that trains with softmax cross-entropy; the score
    /// of a class is then its log-odds log p/(1 − p) with p = softmax(z). If false, they are probabilities that sum to
    /// 1, and others are refused, for the order of logits of different samples says little. With a single output it
    /// does not matter.
    /// </param>
    public RocAuc(bool fromLogits = false) => _fromLogits = fromLogits;

    private RocAuc(int classIndex, bool fromLogits)
        : this(fromLogits)
    {
        _classIndex = Require.AtLeast(classIndex, 0);
    }

    /// <inheritdoc/>
    public string Name => _classIndex is null ? "roc_auc" : $"roc_auc_class_{_classIndex}";

    /// <summary>Makes the metric for one class against all others.</summary>
    /// <param name="classIndex">The class, from 0.</param>
    /// <param name="fromLogits">
    /// Of several outputs, whether they are logits; if false, they are probabilities that sum to 1.
    /// </param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The class is negative.</exception>
    public static RocAuc OfClass(int classIndex, bool fromLogits = false) => new(classIndex, fromLogits);

    /// <inheritdoc/>
    public IMetricAccumulator Start() => new RocAucAccumulator(_fromLogits, _classIndex, Name);
}
