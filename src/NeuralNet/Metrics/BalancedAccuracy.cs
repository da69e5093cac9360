namespace NeuralNet.Metrics;

/// <summary>
/// The mean of the classes' recalls: the accuracy if all classes were equally frequent. A classifier that always says
/// the same has 1 / classes, however frequent that class is.
/// </summary>
/// <remarks>
/// As scikit-learn's <c>balanced_accuracy_score</c>: a class without samples is left out. For several labels, measure
/// <see cref="Recall"/>. <see cref="IMetric"/> says what outputs mean.
/// </remarks>
public sealed class BalancedAccuracy : ClassMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="threshold">
    /// A single output above it says class 1; if null, it follows from the network and its loss: 0.5 for probabilities,
    /// 0 for logits.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is not finite.</exception>
    public BalancedAccuracy(double? threshold = null)
        : base(new("balanced_accuracy", Agreement.BalancedAccuracy, threshold))
    {
    }
}
