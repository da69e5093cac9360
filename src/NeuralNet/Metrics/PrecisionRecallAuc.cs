using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// Area under the precision–recall curve by the trapezoidal rule, Σₙ (Rₙ − Rₙ₋₁)·(Pₙ + Pₙ₋₁)/2 with P₀ = 1 and R₀ = 0.
/// </summary>
/// <remarks>
/// As scikit-learn's <c>auc</c> of its <c>precision_recall_curve</c>. Precision between two thresholds does not lie on
/// the straight line between theirs but below (J. Davis and M. Goadrich, The relationship between precision-recall and
/// ROC curves, 2006), so this is too optimistic: prefer <see cref="AveragePrecision"/>, and use this to compare with
/// figures from elsewhere. A class without samples is left out. <see cref="CurveMetric"/> says what the scores are and
/// what it costs.
/// </remarks>
public sealed class PrecisionRecallAuc : CurveMetric
{
    /// <summary>Makes the metric for a classifier as a whole.</summary>
    /// <param name="fromLogits">
    /// For several classes, true if the outputs are logits or logarithms of probabilities; if false, they are
    /// probabilities that sum to 1; if null, it follows from the network and its loss.
    /// </param>
    public PrecisionRecallAuc(bool? fromLogits = null)
        : base(CurveFigure.PrecisionRecallTrapezoids, classIndex: null, fromLogits)
    {
    }

    private PrecisionRecallAuc(int classIndex, bool? fromLogits)
        : base(CurveFigure.PrecisionRecallTrapezoids, Require.AtLeast(classIndex, 0), fromLogits)
    {
    }

    /// <summary>Makes the metric for one class against all others, or for one of several labels.</summary>
    /// <param name="classIndex">The class or label, from 0.</param>
    /// <param name="fromLogits">
    /// For several classes, true if the outputs are logits or logarithms of probabilities; if false, they are
    /// probabilities that sum to 1; if null, it follows from the network and its loss.
    /// </param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The class is negative.</exception>
    public static PrecisionRecallAuc OfClass(int classIndex, bool? fromLogits = null) => new(classIndex, fromLogits);
}
