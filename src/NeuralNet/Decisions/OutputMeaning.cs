namespace NeuralNet.Decisions;

/// <summary>Whether several outputs of a sample are classes or labels.</summary>
public enum OutputMeaning
{
    /// <summary>
    /// Classes that exclude each other: the largest output names the one that the sample is of, as with a softmax.
    /// </summary>
    Classes,

    /// <summary>
    /// Labels, of which a sample may have any number: each output answers a yes-or-no question of its own, as with a
    /// sigmoid.
    /// </summary>
    Labels,
}
