namespace NeuralNet.Metrics;

/// <summary>
/// Cohen's kappa (p − pₑ)/(1 − pₑ), with the accuracy p and that of chance pₑ, of guesses with the same frequencies of
/// the classes: 1 if all are right, 0 if they are as good as chance.
/// </summary>
/// <remarks>
/// J. Cohen, A coefficient of agreement for nominal scales (1960); as scikit-learn's <c>cohen_kappa_score</c>. It is
/// NaN if all samples and all predictions are of one class. <see cref="IMetric"/> says what outputs mean.
/// </remarks>
public sealed class CohensKappa : ClassMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="threshold">
    /// A single output above it says class 1; if null, it follows from the network and its loss: 0.5 for probabilities,
    /// 0 for logits.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is not finite.</exception>
    public CohensKappa(double? threshold = null)
        : base(new("cohens_kappa", Agreement.CohensKappa, threshold))
    {
    }
}
