using System.Globalization;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// The best specificity, the share of the negative samples left alone, that a threshold gives with a sensitivity of at
/// least so much, the share of the positive samples found.
/// </summary>
/// <remarks>
/// The largest 1 − false positive rate of scikit-learn's <c>roc_curve</c> where its true positive rate is high enough;
/// Keras's metric of this name approximates it with 200 thresholds. Its name has the sensitivity:
/// <c>specificity_at_sensitivity_0.95</c>. <see cref="CurveMetric"/> says what the scores are and what it costs.
/// </remarks>
public sealed class SpecificityAtSensitivity : CurveMetric
{
    /// <summary>Makes the metric for a classifier as a whole.</summary>
    /// <param name="sensitivity">The least sensitivity, from 0 to 1.</param>
    /// <param name="fromLogits">
    /// For several classes, true if the outputs are logits or logarithms of probabilities; if false, they are
    /// probabilities that sum to 1; if null, it follows from the network and its loss.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The sensitivity is out of range.</exception>
    public SpecificityAtSensitivity(double sensitivity, bool? fromLogits = null)
        : this(sensitivity, classIndex: null, fromLogits)
    {
    }

    private SpecificityAtSensitivity(double sensitivity, int? classIndex, bool? fromLogits)
        : base(FigureAt(Require.Probability(sensitivity)), classIndex, fromLogits)
    {
        Sensitivity = sensitivity;
    }

    /// <summary>The least sensitivity.</summary>
    public double Sensitivity { get; }

    /// <summary>Makes the metric for one class against all others, or for one of several labels.</summary>
    /// <param name="sensitivity">The least sensitivity, from 0 to 1.</param>
    /// <param name="classIndex">The class or label, from 0.</param>
    /// <param name="fromLogits">
    /// For several classes, true if the outputs are logits or logarithms of probabilities; if false, they are
    /// probabilities that sum to 1; if null, it follows from the network and its loss.
    /// </param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The sensitivity is out of range, or the class is negative.
    /// </exception>
    public static SpecificityAtSensitivity OfClass(double sensitivity, int classIndex, bool? fromLogits = null) =>
        new(sensitivity, Require.AtLeast(classIndex, 0), fromLogits);

    private static CurveFigure FigureAt(double sensitivity) => CurveFigure.BestAt(
        string.Create(CultureInfo.InvariantCulture, $"specificity_at_sensitivity_{sensitivity}"),
        needsNegatives: true,
        sensitivity,
        rates => rates.Recall,
        rates => rates.Specificity);
}
