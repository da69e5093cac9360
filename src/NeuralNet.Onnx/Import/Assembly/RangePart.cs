using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Onnx.Import.Assembly;

/// <summary>A range of the rows of a part, the whole of which is just what came before.</summary>
/// <param name="start">The first row.</param>
/// <param name="shape">The shape in which the rows are read, known once the sizes are.</param>
/// <param name="input">The part.</param>
internal sealed class RangePart<T>(Func<int> start, Func<FeatureShape> shape, NetworkPart<T> input)
    : NetworkPart<T>(input)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public int Start => start();

    public FeatureShape Shape => shape();

    public override bool IsFree => true;

    public override NetworkPart<T> Behind(IReadOnlyList<NetworkPart<T>> others) =>
        new RangePart<T>(start, shape, others[0]);
}
