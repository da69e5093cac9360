namespace NeuralNet.Onnx.Import.Values;

/// <summary>A value of a graph that is no constant.</summary>
/// <param name="Name">The name in the graph.</param>
internal abstract record GraphValue(string Name);
