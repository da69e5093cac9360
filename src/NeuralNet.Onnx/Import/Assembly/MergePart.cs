using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Assembly;

/// <summary>Several parts joined by a merge.</summary>
/// <param name="node">The operator that joins them; null for the outputs of the network.</param>
/// <param name="merge">The merge.</param>
/// <param name="shapes">The shape in which each part is read, known once the sizes are.</param>
/// <param name="inputs">The parts.</param>
internal sealed class MergePart<T>(
    OnnxNode? node, Merge merge, IReadOnlyList<Func<FeatureShape>> shapes, IReadOnlyList<NetworkPart<T>> inputs)
    : NetworkPart<T>(inputs)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public OnnxNode? Node => node;

    public Merge Merge => merge;

    public FeatureShape Shape(int input) => shapes[input]();

    public override NetworkPart<T> Behind(IReadOnlyList<NetworkPart<T>> others) =>
        new MergePart<T>(node, merge, shapes, others);
}
