using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// Area under the ROC curve: the probability that a sample of a class has a higher score for that class than a sample
/// of another class, where a tie counts half. 1 is a perfect order, ½ is chance; there is no threshold.
/// </summary>
/// <remarks>
/// As scikit-learn's <c>roc_auc_score</c>, of several classes with <c>multi_class="ovr"</c>; a class or label that has
/// no samples, or all of them, has no curve and is left out, where scikit-learn refuses. <see cref="CurveMetric"/> says
/// what the scores are and what it costs.
/// </remarks>
public sealed class RocAuc : CurveMetric
{
    /// <summary>Makes the metric for a classifier as a whole.</summary>
    /// <param name="fromLogits">
    /// For several classes, true if the outputs are logits or logarithms of probabilities, as in a network trained with
    /// softmax cross-entropy; the score of a class is then its log-odds log p/(1 − p) with p = softmax(z). If false,
    /// they must be probabilities that sum to 1, because logits of different samples cannot be compared. If null, it
    /// follows from the network and its loss. With a single output, and for labels, it does not matter.
    /// </param>
    public RocAuc(bool? fromLogits = null)
        : base(CurveFigure.RocArea, classIndex: null, fromLogits)
    {
    }

    private RocAuc(int classIndex, bool? fromLogits)
        : base(CurveFigure.RocArea, Require.AtLeast(classIndex, 0), fromLogits)
    {
    }

    /// <summary>Makes the metric for one class against all others, or for one of several labels.</summary>
    /// <param name="classIndex">The class or label, from 0.</param>
    /// <param name="fromLogits">
    /// For several classes, true if the outputs are logits; if false, they are probabilities that sum to 1; if null, it
    /// follows from the network and its loss.
    /// </param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The class is negative.</exception>
    public static RocAuc OfClass(int classIndex, bool? fromLogits = null) => new(classIndex, fromLogits);
}
