using System.Numerics;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Patterns;

/// <summary>A group of operators that together are a layer or an activation.</summary>
internal interface IPattern<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Finds the group that begins at a value and ends at an output of the graph or before.</summary>
    /// <param name="value">The name of the value.</param>
    /// <param name="done">Nodes that belong to other groups.</param>
    /// <returns>The group; null if none begins here.</returns>
    PatternMatch<T>? Find(string value, IReadOnlySet<OnnxNode> done);
}
