using System.Globalization;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// The best recall that a threshold gives with a precision of at least so much; 0 if none does: how many of the
/// positive samples are found if 90 % of those found must be right.
/// </summary>
/// <remarks>
/// The largest value of scikit-learn's <c>precision_recall_curve</c> where its precision is high enough; Keras's metric
/// of this name approximates it with 200 thresholds. Its name has the precision: <c>recall_at_precision_0.9</c>.
/// <see cref="CurveMetric"/> says what the scores are and what it costs.
/// </remarks>
public sealed class RecallAtPrecision : CurveMetric
{
    /// <summary>Makes the metric for a classifier as a whole.</summary>
    /// <param name="precision">The least precision, from 0 to 1.</param>
    /// <param name="fromLogits">
    /// For several classes, true if the outputs are logits or logarithms of probabilities; if false, they are
    /// probabilities that sum to 1; if null, it follows from the network and its loss.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The precision is out of range.</exception>
    public RecallAtPrecision(double precision, bool? fromLogits = null)
        : this(precision, classIndex: null, fromLogits)
    {
    }

    private RecallAtPrecision(double precision, int? classIndex, bool? fromLogits)
        : base(FigureAt(Require.Probability(precision)), classIndex, fromLogits)
    {
        Precision = precision;
    }

    /// <summary>The least precision.</summary>
    public double Precision { get; }

    /// <summary>Makes the metric for one class against all others, or for one of several labels.</summary>
    /// <param name="precision">The least precision, from 0 to 1.</param>
    /// <param name="classIndex">The class or label, from 0.</param>
    /// <param name="fromLogits">
    /// For several classes, true if the outputs are logits or logarithms of probabilities; if false, they are
    /// probabilities that sum to 1; if null, it follows from the network and its loss.
    /// </param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The precision is out of range, or the class is negative.
    /// </exception>
    public static RecallAtPrecision OfClass(double precision, int classIndex, bool? fromLogits = null) =>
        new(precision, Require.AtLeast(classIndex, 0), fromLogits);

    private static CurveFigure FigureAt(double precision) => CurveFigure.BestAt(
        string.Create(CultureInfo.InvariantCulture, $"recall_at_precision_{precision}"),
        needsNegatives: false,
        precision,
        rates => rates.Precision,
        rates => rates.Recall);
}
