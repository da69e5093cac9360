namespace NeuralNet.Activations;

/// <summary>
/// What the numbers that an activation gives are, so that a loss can tell whether it understands them.
/// </summary>
public enum OutputKind
{
    /// <summary>Real numbers, which may also be meant as logits.</summary>
    Real,

    /// <summary>Probabilities, from 0 to 1.</summary>
    Probability,

    /// <summary>Logarithms of probabilities, at most 0.</summary>
    LogProbability,
}
