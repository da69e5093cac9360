namespace NeuralNet.Activations;

/// <summary>The kind of numbers that an activation gives, so that a loss can check that it can use them.</summary>
public enum OutputKind
{
    /// <summary>Real numbers, which may also be logits.</summary>
    Real,

    /// <summary>Probabilities, from 0 to 1.</summary>
    Probability,

    /// <summary>Logarithms of probabilities, at most 0.</summary>
    LogProbability,
}
