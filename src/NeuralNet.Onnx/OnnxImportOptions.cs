namespace NeuralNet.Onnx;

/// <summary>Options of loading a network from an ONNX model.</summary>
public sealed class OnnxImportOptions
{
    /// <summary>
    /// The names of the values that become the outputs of the network: outputs of the model, or any values before them.
    /// Several become outputs with these names. If empty, the one output that the model computes;
    /// <see cref="OnnxImporter"/> says which outputs do not count.
    /// </summary>
    public IReadOnlyList<string> OutputNames { get; init; } = [];

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
