using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// Average precision Σₙ (Rₙ − Rₙ₋₁)·Pₙ, with precision Pₙ and recall Rₙ at the n-th threshold from above: the area
/// under the precision–recall curve in steps. 1 is a perfect order; chance is the share of the positive samples. Where
/// these are rare, it says more than <see cref="RocAuc"/>.
/// </summary>
/// <remarks>
/// As scikit-learn's <c>average_precision_score</c>; of several classes, each against the rest. A class without samples
/// is left out, where scikit-learn takes 0 for its figure and warns. <see cref="CurveMetric"/> says what the scores are
/// and what it costs.
/// </remarks>
public sealed class AveragePrecision : CurveMetric
{
    /// <summary>Makes the metric for a classifier as a whole.</summary>
    /// <param name="fromLogits">
    /// For several classes, true if the outputs are logits or logarithms of probabilities; if false, they are
    /// probabilities that sum to 1; if null, it follows from the network and its loss.
    /// </param>
    public AveragePrecision(bool? fromLogits = null)
        : base(CurveFigure.AveragePrecision, classIndex: null, fromLogits)
    {
    }

    private AveragePrecision(int classIndex, bool? fromLogits)
        : base(CurveFigure.AveragePrecision, Require.AtLeast(classIndex, 0), fromLogits)
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
    public static AveragePrecision OfClass(int classIndex, bool? fromLogits = null) => new(classIndex, fromLogits);
}
