namespace NeuralNet.Preprocessing;

/// <summary>What becomes of a category that was not there when a transform was fitted.</summary>
public enum UnknownCategory
{
    /// <summary>It is refused by name.</summary>
    Refuse,

    /// <summary>It is none of the known ones: zeros throughout.</summary>
    Zeros,
}
