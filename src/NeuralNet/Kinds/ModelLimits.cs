namespace NeuralNet.Kinds;

/// <summary>What a model file may hold at most, when written as when read.</summary>
internal static class ModelLimits
{
    /// <summary>How deep the description of a network may be nested, in JSON levels; a residual block within another takes two.</summary>
    public const int Depth = 64;

    /// <summary>Layers, those within others among them.</summary>
    public const int Layers = 10_000;
}
