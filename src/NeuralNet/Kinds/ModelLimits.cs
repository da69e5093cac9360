namespace NeuralNet.Kinds;

/// <summary>The most that a model file may hold, when it is written and when it is read.</summary>
internal static class ModelLimits
{
    /// <summary>
    /// The deepest nesting of the description of a network, in JSON levels; a residual block within another takes two,
    /// branches within others four.
    /// </summary>
    public const int Depth = 64;

    /// <summary>The number of layers, including those within others.</summary>
    public const int Layers = 10_000;
}
