namespace NeuralNet.Onnx.Import.Values;

/// <summary>
/// A constant that is repeated as often as there are samples, such as the zeros that a recurrent layer begins with.
/// </summary>
/// <param name="Name">The name in the graph.</param>
/// <param name="Numbers">The numbers along the last dimension; a single one where all are the same.</param>
internal sealed record UniformValue(string Name, IReadOnlyList<double> Numbers) : GraphValue(Name);
