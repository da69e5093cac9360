using System.Numerics;

namespace NeuralNet.Onnx.Import.Values;

/// <summary>
/// What is decided or drawn from the numbers of each sample: the class of the largest one, a draw from a distribution.
/// A network ends in the numbers, so the decision has a name, but is not computed.
/// </summary>
/// <param name="Name">The name in the graph.</param>
/// <param name="Basis">The numbers.</param>
/// <param name="Origin">The name of the numbers in the graph.</param>
internal sealed record DecisionValue<T>(string Name, SampleValue<T> Basis, string Origin) : GraphValue(Name)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// True for a draw around the numbers. What is computed of it is computed of them, as without chance.
    /// </summary>
    public bool IsDraw { get; init; }
}
