namespace NeuralNet.Decisions;

/// <summary>The scale of outputs that answer yes or no, which decides above which number an output means yes.</summary>
public enum OutputScale
{
    /// <summary>Logits, or other real numbers whose sign is the answer: above 0.</summary>
    Logit,

    /// <summary>Probabilities: above ½.</summary>
    Probability,

    /// <summary>Logarithms of probabilities: above log ½.</summary>
    LogProbability,
}
