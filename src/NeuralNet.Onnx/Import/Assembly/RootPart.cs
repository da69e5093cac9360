using System.Numerics;

namespace NeuralNet.Onnx.Import.Assembly;

/// <summary>The column of a sample, or what other layers give, where a chain of layers begins.</summary>
internal sealed class RootPart<T> : NetworkPart<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override NetworkPart<T> Behind(IReadOnlyList<NetworkPart<T>> others) => this;
}
