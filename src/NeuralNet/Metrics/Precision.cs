namespace NeuralNet.Metrics;

/// <summary>
/// The share of the samples predicted to be of a class that are of it: true positives / (true + false positives).
/// </summary>
/// <remarks>
/// As scikit-learn's <c>precision_score</c>, and with one output Keras's <c>Precision</c>: with their threshold, and 0
/// for 0/0. <see cref="IMetric"/> says what outputs mean. For the figures of all classes at once, see
/// <see cref="ConfusionMatrix"/>.
/// </remarks>
public sealed class Precision : ClassMetric
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
    /// The figure of a class for which it would be 0/0, because no sample was predicted to be of it: 0 or 1; or NaN,
    /// which leaves the class out of the average.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no such averaging, the threshold is not finite, or <paramref name="zeroDivision"/> is something else.
    /// </exception>
    public Precision(Averaging averaging = Averaging.Binary, double? threshold = null, double zeroDivision = 0)
        : base(new(ClassFigure.Precision, averaging, threshold, zeroDivision))
    {
    }

    private Precision(ClassScore score)
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
    public static Precision OfClass(int classIndex, double? threshold = null, double zeroDivision = 0) =>
        new(new ClassScore(ClassFigure.Precision, classIndex, threshold, zeroDivision));
}
