using NeuralNet.Safetensors;

namespace NeuralNet.Serialization;

/// <summary>
/// Names in checkpoints: the entry that marks one, and the prefixes of tensors that are no parameters.
/// </summary>
internal static class CheckpointNames
{
    /// <summary>The entry of the header's metadata that holds the state of the training.</summary>
    public const string MetadataKey = "neuralnet.checkpoint";

    /// <summary>The prefix of the names of the optimizer's tensors.</summary>
    public const string Optimizer = "optimizer/";

    /// <summary>The prefix of the names of the callbacks' tensors.</summary>
    public const string Callback = "callback/";

    public static bool IsCheckpoint(TensorSource source) => source.Header.Metadata.ContainsKey(MetadataKey);

    public static bool IsOfTraining(string tensor) =>
        tensor.StartsWith(Optimizer, StringComparison.Ordinal) || tensor.StartsWith(Callback, StringComparison.Ordinal);
}
