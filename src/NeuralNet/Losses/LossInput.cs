namespace NeuralNet.Losses;

/// <summary>The kind of outputs that a loss takes.</summary>
public enum LossInput
{
    /// <summary>Any numbers; they are compared with the targets directly.</summary>
    Any,

    /// <summary>
    /// Logits, real numbers that the loss itself turns into probabilities: the last layer has no activation.
    /// </summary>
    Logits,

    /// <summary>Probabilities, as <c>Sigmoid</c> and <c>Softmax</c> give them.</summary>
    Probabilities,

    /// <summary>Logarithms of probabilities, as <c>LogSoftmax</c> and <c>LogSigmoid</c> give them.</summary>
    LogProbabilities,

    /// <summary>
    /// Any numbers, whose sign is the answer, as that of targets −1 and 1 is: the last layer should give both signs.
    /// </summary>
    Margins,
}
