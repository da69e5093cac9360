namespace NeuralNet.Ensembles;

/// <summary>The samples that each member of an ensemble is trained on.</summary>
public enum Resampling
{
    /// <summary>
    /// All samples: members differ by their initial weights and the order of samples alone, a deep ensemble
    /// (Lakshminarayanan, Pritzel and Blundell, 2017).
    /// </summary>
    None,

    /// <summary>
    /// As many samples as there are, drawn with replacement, so that a member lacks about 37 % of them: bagging
    /// (Breiman, "Bagging predictors", 1996). Those that it lacks measure it.
    /// </summary>
    Bootstrap,

    /// <summary>
    /// All folds but one of a division into as many as there are members: a cross-validation whose networks are kept.
    /// The fold that is left out measures the member.
    /// </summary>
    Folds,
}
