namespace NeuralNet.Onnx.Import.Values;

/// <summary>Random numbers whose mean is 0, which a graph adds to a value to draw around it.</summary>
/// <param name="Name">The name in the graph.</param>
internal sealed record NoiseValue(string Name) : GraphValue(Name);
