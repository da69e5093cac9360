using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Values;

/// <summary>Whole numbers that a graph calculates from the dimensions of a value.</summary>
/// <param name="Name">The name in the graph.</param>
/// <param name="Numbers">The numbers.</param>
/// <param name="IsScalar">True for a single number without a dimension.</param>
internal sealed record ShapeValue(string Name, IReadOnlyList<ShapeNumber> Numbers, bool IsScalar) : GraphValue(Name);
