namespace NeuralNet.Metrics;

/// <summary>How the figures of single classes become the one figure of a classifier.</summary>
/// <remarks>
/// As the <c>average</c> of scikit-learn's <c>precision_score</c> with all classes that the network tells apart as its
/// <c>labels</c>: a class without samples counts, too. By itself scikit-learn would leave out the classes that neither
/// occur nor are predicted; a <c>zeroDivision</c> of NaN leaves out those for which a figure is not defined.
/// </remarks>
public enum Averaging
{
    /// <summary>
    /// The figure of class 1, the positive one, of a classifier with two classes; others are refused.
    /// </summary>
    Binary,

    /// <summary>The plain mean over the classes, in which rare classes count as much as frequent ones.</summary>
    Macro,

    /// <summary>
    /// The figure of all classes counted together. As each sample has one class, precision, recall and F1 are then all
    /// equal to the accuracy.
    /// </summary>
    Micro,

    /// <summary>The mean over the classes, each weighted with the number of its samples.</summary>
    Weighted,
}
