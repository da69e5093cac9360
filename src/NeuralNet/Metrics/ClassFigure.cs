namespace NeuralNet.Metrics;

/// <summary>A figure of a class or a label.</summary>
internal enum ClassFigure
{
    /// <summary>The share of the samples predicted to be of the class that are of it.</summary>
    Precision,

    /// <summary>The share of the samples of the class that were predicted to be of it.</summary>
    Recall,

    /// <summary>The harmonic mean of the two.</summary>
    F1,

    /// <summary>The share of the samples for which it was predicted rightly whether they are of the class.</summary>
    Accuracy,
}
