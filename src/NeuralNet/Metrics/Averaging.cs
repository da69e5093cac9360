namespace NeuralNet.Metrics;

/// <summary>Ways to combine the figures of single classes, or labels, into one figure of a classifier.</summary>
/// <remarks>
/// As the <c>average</c> of scikit-learn's <c>precision_score</c> with all classes of the network as its <c>labels</c>:
/// a class without samples counts, too. By default, scikit-learn leaves out classes that neither occur nor are
/// predicted; here, a <c>zeroDivision</c> of NaN leaves out classes whose figure is undefined.
/// </remarks>
public enum Averaging
{
    /// <summary>
    /// The figure of class 1, the positive one, of a classifier with two classes; other classifiers, and several
    /// labels, are refused.
    /// </summary>
    Binary,

    /// <summary>The plain mean over classes or labels, in which rare ones count as much as frequent ones.</summary>
    Macro,

    /// <summary>
    /// The figure of all classes or labels counted together. Where each sample has one class, precision, recall and F1
    /// are then all equal to the accuracy.
    /// </summary>
    Micro,

    /// <summary>The mean over classes or labels, each weighted by the number of its samples.</summary>
    Weighted,
}
