using System.Numerics;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Operators;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Patterns;

/// <summary>A group of operators that was found.</summary>
/// <param name="Nodes">
/// The operators; the last one gives the result, and nothing else takes what the others give.
/// </param>
/// <param name="Read">
/// Adds what the group does behind the value that it begins at, and gives the result; null if it is none after all.
/// </param>
internal sealed record PatternMatch<T>(IReadOnlyList<OnnxNode> Nodes, Func<OperatorCall<T>, SampleValue<T>?> Read)
    where T : unmanaged, IFloatingPointIeee754<T>;
