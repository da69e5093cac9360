using System.Numerics;

namespace NeuralNet.Onnx.Import.Assembly;

/// <summary>
/// A part of the network that is being made of a graph: the input, a layer behind another part, a range of a part's
/// rows, or several parts joined. The parts form a graph without cycles, of which <see cref="NetworkAssembly{T}"/>
/// makes layers within each other.
/// </summary>
internal abstract class NetworkPart<T>(params IReadOnlyList<NetworkPart<T>> inputs)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The parts that it takes.</summary>
    public IReadOnlyList<NetworkPart<T>> Inputs => inputs;

    /// <summary>
    /// True if the part costs nothing, so that each branch that reads it may have it for itself.
    /// </summary>
    public virtual bool IsFree => false;

    /// <summary>The same part behind others.</summary>
    public abstract NetworkPart<T> Behind(IReadOnlyList<NetworkPart<T>> others);
}
