namespace NeuralNet.Metrics;

/// <summary>What is measured of a class.</summary>
internal enum ClassFigure
{
    /// <summary>Of what was taken for the class, the share that is of it.</summary>
    Precision,

    /// <summary>Of what is of the class, the share that was taken for it.</summary>
    Recall,

    /// <summary>The harmonic mean of the two.</summary>
    F1,
}
