namespace NeuralNet.Onnx;

/// <summary>How an ONNX model becomes a network.</summary>
public sealed class OnnxImportOptions
{
    /// <summary>
    /// The name of the value that the network ends in: an output of the model or any value before. If null, the model's
    /// output, of which there must then be only one.
    /// </summary>
    public string? OutputName { get; init; }

    /// <summary>The network's seed, where the randomness of any further training comes from.</summary>
    public int Seed { get; init; }
}
