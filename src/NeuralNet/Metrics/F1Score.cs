namespace NeuralNet.Metrics;

/// <summary>
/// The harmonic mean of precision P and recall R of a class: 2PR/(P + R) = 2·true positives / (2·true positives + false
/// positives + false negatives).
/// </summary>
/// <remarks>
/// As scikit-learn's <c>f1_score</c>; <see cref="FBetaScore"/> with β = 1. Keras's <c>F1Score</c> gives one figure per
/// class by default; for the figures of all classes, see <see cref="ConfusionMatrix"/>. <see cref="IMetric"/> says what
/// outputs mean.
/// </remarks>
public sealed class F1Score : ClassMetric
{
    /// <summary>Makes the metric for a classifier as a whole.</summary>
    /// <param name="averaging">
    /// The way the classes or labels are averaged. The default is the figure of class 1 of two; more classes, and
    /// several labels, are refused.
    /// </param>
    /// <param name="threshold">
    /// A single output above it says class 1, and a label above it yes; if null, it follows from the network and its
    /// loss: 0.5 for probabilities, 0 for logits.
    /// </param>
    /// <param name="zeroDivision">
    /// The figure of a class for which it would be 0/0, because no sample is of it or was predicted to be: 0 or 1; or
    /// NaN, which leaves the class out of the average.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no such averaging, the threshold is not finite, or <paramref name="zeroDivision"/> is something else.
    /// </exception>
    public F1Score(Averaging averaging = Averaging.Binary, double? threshold = null, double zeroDivision = 0)
        : base(new(ClassFigure.F1, averaging, threshold, zeroDivision))
    {
    }

    private F1Score(ClassScore score)
        : base(score)
    {
    }

    /// <summary>Makes the metric for one class against all others, or for one of several labels.</summary>
    /// <param name="classIndex">The class or label, from 0.</param>
    /// <param name="threshold">
    /// A single output above it says class 1, and a label above it yes; if null, it follows from the network and its
    /// loss: 0.5 for probabilities, 0 for logits.
    /// </param>
    /// <param name="zeroDivision">The figure where it would be 0/0: 0, 1 or NaN.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The class is negative, the threshold is not finite, or <paramref name="zeroDivision"/> is something else.
    /// </exception>
    public static F1Score OfClass(int classIndex, double? threshold = null, double zeroDivision = 0) =>
        new(new ClassScore(ClassFigure.F1, classIndex, threshold, zeroDivision));
}
