namespace NeuralNet.Preprocessing;

/// <summary>The treatment of a category that did not occur when a transform was fitted.</summary>
public enum UnknownCategory
{
    /// <summary>An exception that names the category.</summary>
    Refuse,

    /// <summary>Zeros for all known categories.</summary>
    Zeros,
}
