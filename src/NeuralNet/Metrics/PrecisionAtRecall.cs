using System.Globalization;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// The best precision that a threshold gives with a recall of at least so much: how many of the samples found are right
/// if 90 % of the positive ones must be found.
/// </summary>
/// <remarks>
/// The largest value of scikit-learn's <c>precision_recall_curve</c> where its recall is high enough; Keras's metric of
/// this name approximates it with 200 thresholds. Its name has the recall: <c>precision_at_recall_0.9</c>.
/// <see cref="CurveMetric"/> says what the scores are and what it costs.
/// </remarks>
public sealed class PrecisionAtRecall : CurveMetric
{
    /// <summary>Makes the metric for a classifier as a whole.</summary>
    /// <param name="recall">The least recall, above 0 and at most 1.</param>
    /// <param name="fromLogits">
    /// For several classes, true if the outputs are logits or logarithms of probabilities; if false, they are
    /// probabilities that sum to 1; if null, it follows from the network and its loss.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The recall is out of range.</exception>
    public PrecisionAtRecall(double recall, bool? fromLogits = null)
        : this(recall, classIndex: null, fromLogits)
    {
    }

    private PrecisionAtRecall(double recall, int? classIndex, bool? fromLogits)
        : base(FigureAt(Require.Share(recall)), classIndex, fromLogits)
    {
        Recall = recall;
    }

    /// <summary>The least recall.</summary>
    public double Recall { get; }

    /// <summary>Makes the metric for one class against all others, or for one of several labels.</summary>
    /// <param name="recall">The least recall, above 0 and at most 1.</param>
    /// <param name="classIndex">The class or label, from 0.</param>
    /// <param name="fromLogits">
    /// For several classes, true if the outputs are logits or logarithms of probabilities; if false, they are
    /// probabilities that sum to 1; if null, it follows from the network and its loss.
    /// </param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The recall is out of range, or the class is negative.
    /// </exception>
    public static PrecisionAtRecall OfClass(double recall, int classIndex, bool? fromLogits = null) =>
        new(recall, Require.AtLeast(classIndex, 0), fromLogits);

    private static CurveFigure FigureAt(double recall) => CurveFigure.BestAt(
        string.Create(CultureInfo.InvariantCulture, $"precision_at_recall_{recall}"),
        needsNegatives: false,
        recall,
        rates => rates.Recall,
        rates => rates.Precision);
}
