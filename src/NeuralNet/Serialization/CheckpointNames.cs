using NeuralNet.Safetensors;

namespace NeuralNet.Serialization;

/// <summary>What tells a checkpoint from other files of parameters, and its tensors that are none.</summary>
internal static class CheckpointNames
{
    /// <summary>The entry of the header's metadata that holds the state of the training.</summary>
    public const string MetadataKey = "neuralnet.checkpoint";

    /// <summary>How the names of the optimizer's tensors begin.</summary>
    public const string Optimizer = "optimizer/";

    /// <summary>How the names of the callbacks' tensors begin.</summary>
    public const string Callback = "callback/";

    public static bool IsCheckpoint(TensorSource source) => source.Header.Metadata.ContainsKey(MetadataKey);

    public static bool IsOfTraining(string tensor) =>
        tensor.StartsWith(Optimizer, StringComparison.Ordinal) || tensor.StartsWith(Callback, StringComparison.Ordinal);
}
