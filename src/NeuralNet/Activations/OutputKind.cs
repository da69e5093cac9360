namespace NeuralNet.Activations;

/// <summary>
/// The kind of numbers that an activation gives, so that a loss can check that it can use them, and metrics know how to
/// read them.
/// </summary>
public enum OutputKind
{
    /// <summary>Real numbers, which may also be logits.</summary>
    Real,

    /// <summary>Probabilities, from 0 to 1, each of its own question.</summary>
    Probability,

    /// <summary>Logarithms of probabilities, at most 0, each of its own question.</summary>
    LogProbability,

    /// <summary>The probabilities of classes that exclude each other, which sum to 1.</summary>
    Distribution,

    /// <summary>Logarithms of the probabilities of classes that exclude each other.</summary>
    LogDistribution,
}
