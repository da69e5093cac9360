namespace NeuralNet.Losses;

/// <summary>What a loss takes the outputs of a network for.</summary>
public enum LossInput
{
    /// <summary>Any numbers: they are compared with the targets as they are.</summary>
    Any,

    /// <summary>
    /// Logits, real numbers that the loss itself turns into probabilities: the last layer has no activation.
    /// </summary>
    Logits,

    /// <summary>Probabilities, as <c>Sigmoid</c> and <c>Softmax</c> give them.</summary>
    Probabilities,

    /// <summary>Logarithms of probabilities, as <c>LogSoftmax</c> and <c>LogSigmoid</c> give them.</summary>
    LogProbabilities,
}
