namespace NeuralNet.Metrics;

/// <summary>
/// Matthews' correlation coefficient of predicted and actual classes, from −1 to 1: 1 if all are right, 0 if they are
/// as good as chance, whatever the sizes of the classes. For two classes it is (TP·TN − FP·FN) / √((TP + FP)(TP +
/// FN)(TN + FP)(TN + FN)).
/// </summary>
/// <remarks>
/// As scikit-learn's <c>matthews_corrcoef</c>, for more classes by J. Gorodkin, Comparing two K-category assignments by
/// a K-category correlation coefficient (2004). It is 0 if all samples are of one class, or all predictions are.
/// <see cref="IMetric"/> says what outputs mean.
/// </remarks>
public sealed class MatthewsCorrelation : ClassMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="threshold">
    /// A single output above it says class 1; if null, it follows from the network and its loss: 0.5 for probabilities,
    /// 0 for logits.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is not finite.</exception>
    public MatthewsCorrelation(double? threshold = null)
        : base(new("matthews_correlation", Agreement.MatthewsCorrelation, threshold))
    {
    }
}
