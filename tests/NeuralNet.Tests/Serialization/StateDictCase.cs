namespace NeuralNet.Tests.Serialization;

/// <summary>
/// A state_dict as a safetensors file in base64, inputs, and what PyTorch predicts, a sample per row.
/// </summary>
internal sealed record StateDictCase(string File, double[][] Inputs, double[][] Outputs);
