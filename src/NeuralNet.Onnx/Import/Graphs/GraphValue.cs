namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>A value of a graph that depends on its input, and what is known of the value's dimensions.</summary>
/// <param name="Name">The name in the graph.</param>
/// <param name="Dimensions">
/// The dimensions, samples first, −1 for one that is open; null where the file does not say how many there are.
/// </param>
internal readonly record struct GraphValue(string Name, IReadOnlyList<long>? Dimensions)
{
    /// <summary>The number of dimensions; null where it is not known.</summary>
    public int? Rank => Dimensions?.Count;

    /// <summary>
    /// Whether the value is batch × features, as a value of unknown dimensions is taken to be. An image has more
    /// dimensions until it is flattened.
    /// </summary>
    public bool IsFlat => Rank is null or 2;

    /// <summary>The result of an operator that keeps the dimensions.</summary>
    public GraphValue Mapped(string name) => this with { Name = name };

    /// <summary>The result of an operator that gives each sample so many features; −1 if the number is open.</summary>
    public GraphValue WithFeatures(string name, long features) =>
        new(name, [Dimensions is [long samples, ..] ? samples : -1, features]);
}
