namespace NeuralNet.Metrics;

/// <summary>The figure computed from the probabilities of what may happen and what happened.</summary>
internal enum ProbabilityFigure
{
    /// <summary>The mean of −log p of what happened.</summary>
    LogLoss,

    /// <summary>The mean of the squared differences of the probabilities from 1 and 0.</summary>
    Brier,
}
