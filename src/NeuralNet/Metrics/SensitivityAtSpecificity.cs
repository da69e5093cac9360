using System.Globalization;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// The best sensitivity, the share of the positive samples found, that a threshold gives with a specificity of at least
/// so much, the share of the negative samples left alone.
/// </summary>
/// <remarks>
/// The largest true positive rate of scikit-learn's <c>roc_curve</c> where 1 − its false positive rate is high enough;
/// Keras's metric of this name approximates it with 200 thresholds. Its name has the specificity:
/// <c>sensitivity_at_specificity_0.95</c>. <see cref="CurveMetric"/> says what the scores are and what it costs.
/// </remarks>
public sealed class SensitivityAtSpecificity : CurveMetric
{
    /// <summary>Makes the metric for a classifier as a whole.</summary>
    /// <param name="specificity">The least specificity, from 0 to 1.</param>
    /// <param name="fromLogits">
    /// For several classes, true if the outputs are logits or logarithms of probabilities; if false, they are
    /// probabilities that sum to 1; if null, it follows from the network and its loss.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The specificity is out of range.</exception>
    public SensitivityAtSpecificity(double specificity, bool? fromLogits = null)
        : this(specificity, classIndex: null, fromLogits)
    {
    }

    private SensitivityAtSpecificity(double specificity, int? classIndex, bool? fromLogits)
        : base(FigureAt(Require.Probability(specificity)), classIndex, fromLogits)
    {
        Specificity = specificity;
    }

    /// <summary>The least specificity.</summary>
    public double Specificity { get; }

    /// <summary>Makes the metric for one class against all others, or for one of several labels.</summary>
    /// <param name="specificity">The least specificity, from 0 to 1.</param>
    /// <param name="classIndex">The class or label, from 0.</param>
    /// <param name="fromLogits">
    /// For several classes, true if the outputs are logits or logarithms of probabilities; if false, they are
    /// probabilities that sum to 1; if null, it follows from the network and its loss.
    /// </param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The specificity is out of range, or the class is negative.
    /// </exception>
    public static SensitivityAtSpecificity OfClass(double specificity, int classIndex, bool? fromLogits = null) =>
        new(specificity, Require.AtLeast(classIndex, 0), fromLogits);

    private static CurveFigure FigureAt(double specificity) => CurveFigure.BestAt(
        string.Create(CultureInfo.InvariantCulture, $"sensitivity_at_specificity_{specificity}"),
        needsNegatives: true,
        specificity,
        rates => rates.Specificity,
        rates => rates.Recall);
}
