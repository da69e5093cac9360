using System.Numerics;
using NeuralNet.Onnx.Import.Assembly;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Values;

/// <summary>Numbers of each sample: a value that layers of the network compute.</summary>
/// <param name="Name">The name in the graph.</param>
/// <param name="Layout">How the numbers lie.</param>
/// <param name="End">The part of the network that gives them.</param>
internal sealed record SampleValue<T>(string Name, SampleLayout Layout, NetworkPart<T> End) : GraphValue(Name)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// Zeros around an image that are not yet part of it: how many before along each axis behind the channels, and then
    /// how many after; null if there are none.
    /// </summary>
    public IReadOnlyList<int>? Zeros { get; init; }

    /// <summary>
    /// True if something else takes what the part gives, too, so that nothing can be taken into its layer.
    /// </summary>
    public bool IsShared { get; init; }

    /// <summary>True if no layer has computed anything yet: the numbers are those of an input.</summary>
    public bool IsInput => End is LayerPart<T> { Plan: InputPlan<T> };

    /// <summary>The number of dimensions.</summary>
    public int Rank => Layout.Rank;
}
