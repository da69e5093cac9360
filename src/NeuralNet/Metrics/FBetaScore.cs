using System.Globalization;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// The harmonic mean of precision P and recall R of a class in which recall counts β² times as much:
/// (1 + β²)PR/(β²P + R). At β = 2 it is worse to miss a sample than to find one that is none, at β = ½ the reverse.
/// </summary>
/// <remarks>
/// As scikit-learn's <c>fbeta_score</c>, and with one output Keras's <c>FBetaScore</c>. <see cref="F1Score"/> has β =
/// 1. <see cref="IMetric"/> says what outputs mean.
/// </remarks>
public sealed class FBetaScore : ClassMetric
{
    /// <summary>Makes the metric for a classifier as a whole.</summary>
    /// <param name="beta">β, above 0.</param>
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
    /// β is not above 0, there is no such averaging, the threshold is not finite, or <paramref name="zeroDivision"/> is
    /// something else.
    /// </exception>
    public FBetaScore(
        double beta,
        Averaging averaging = Averaging.Binary,
        double? threshold = null,
        double zeroDivision = 0)
        : this(beta, new ClassScore(FigureOf(beta), averaging, threshold, zeroDivision))
    {
    }

    private FBetaScore(double beta, ClassScore score)
        : base(score) => Beta = beta;

    /// <summary>β, the weight of recall.</summary>
    public double Beta { get; }

    /// <summary>Makes the metric for one class against all others, or for one of several labels.</summary>
    /// <param name="beta">β, above 0.</param>
    /// <param name="classIndex">The class or label, from 0.</param>
    /// <param name="threshold">
    /// A single output above it says class 1, and a label above it yes; if null, it follows from the network and its
    /// loss: 0.5 for probabilities, 0 for logits.
    /// </param>
    /// <param name="zeroDivision">The figure where it would be 0/0: 0, 1 or NaN.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// β is not above 0, the class is negative, the threshold is not finite, or <paramref name="zeroDivision"/> is
    /// something else.
    /// </exception>
    public static FBetaScore OfClass(
        double beta, int classIndex, double? threshold = null, double zeroDivision = 0) =>
        new(beta, new ClassScore(FigureOf(beta), classIndex, threshold, zeroDivision));

    private static ClassFigure FigureOf(double beta) => ClassFigure.FBeta(
        string.Create(CultureInfo.InvariantCulture, $"f{Require.Positive(beta)}"), beta);
}
