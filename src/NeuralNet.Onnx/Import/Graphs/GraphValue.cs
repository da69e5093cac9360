using NeuralNet.LinearAlgebra;

namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>A value of a graph that depends on its input, and what is known of the value's dimensions.</summary>
/// <param name="Name">The name in the graph.</param>
/// <param name="Dimensions">
/// The dimensions, samples first, −1 for one that is open; null where the file does not say how many there are.
/// </param>
/// <param name="Layout">
/// How the features lie, of a value that has or had several dimensions of known sizes; null where they are just
/// features.
/// </param>
/// <param name="Zeros">
/// Zeros around an image that are not yet part of it: how many before along each axis behind the channels, and then how
/// many after; null if there are none.
/// </param>
internal readonly record struct GraphValue(
    string Name, IReadOnlyList<long>? Dimensions, SampleLayout? Layout = null, IReadOnlyList<int>? Zeros = null)
{
    /// <summary>The input of a graph.</summary>
    public static GraphValue OfInput(string name, IReadOnlyList<long>? dimensions)
    {
        if (dimensions is null or { Count: < 3 or > FeatureShape.MaxRank } || dimensions.Skip(1).Contains(-1))
        {
            return new(name, dimensions);
        }

        long size = 1;
        foreach (long dimension in dimensions.Skip(1))
        {
            if (dimension > Array.MaxLength / size)
            {
                return new(name, dimensions);
            }

            size *= dimension;
        }

        Axis[][] axes = [.. dimensions.Skip(1).Select(Axis.Of)];
        return new(name, dimensions, new(new([.. axes.SelectMany(axis => axis)]), [[], .. axes]));
    }

    /// <summary>The number of dimensions; null where it is not known.</summary>
    public int? Rank => Dimensions?.Count;

    /// <summary>The number of samples; −1 if it is open.</summary>
    public long Samples => Dimensions is [> 0 and long first, ..] ? first / (Layout?.Size(0) ?? 1) : -1;

    /// <summary>
    /// Whether the value is batch × features, as a value of unknown dimensions is taken to be. An image has more
    /// dimensions until it is flattened.
    /// </summary>
    public bool IsFlat => Rank is null or 2 && Layout is null or { KeepsSamples: true };

    /// <summary>The result of an operator that keeps the dimensions.</summary>
    public GraphValue Mapped(string name) => this with { Name = name };

    /// <summary>The result of an operator that gives each sample so many features; −1 if the number is open.</summary>
    public GraphValue WithFeatures(string name, long features) =>
        new(name, [Dimensions is [long samples, ..] ? samples : -1, features]);

    /// <summary>The result of an operator that gives each sample features in a layout.</summary>
    public GraphValue WithLayout(string name, SampleLayout layout)
    {
        long samples = Samples > 0 ? Samples * layout.Size(0) : -1;
        return new(name, [samples, .. Enumerable.Range(1, layout.Rank - 1).Select(d => (long)layout.Size(d))], layout);
    }
}
