namespace NeuralNet.Onnx;

/// <summary>Options of loading a network from an ONNX model.</summary>
public sealed class OnnxImportOptions
{
    /// <summary>
    /// The name of the value that becomes the output of the network: an output of the model or any value before it. If
    /// null, the model's only output; a model with several is then refused.
    /// </summary>
    public string? OutputName { get; init; }

    /// <summary>
    /// The order in which the network takes images and sequences, and gives them; by default that of the file.
    /// </summary>
    public OnnxImageLayout ImageLayout { get; init; }

    /// <summary>The network's seed, from which the random numbers of further training come.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Whether parameters may be NaN or infinite, as to look at a network whose training diverged; false unless set:
    /// then such a model is refused.
    /// </summary>
    public bool AllowNonFinite { get; init; }
}
