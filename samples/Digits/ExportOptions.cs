namespace NeuralNet.Samples.Digits;

/// <summary>The options of writing a trained network for other programs.</summary>
internal sealed record ExportOptions
{
    /// <summary>The file with the network.</summary>
    public required string Model { get; init; }

    /// <summary>The file to write the ONNX model to, if any.</summary>
    public string? Onnx { get; init; }

    /// <summary>The file to write the parameters to, if any.</summary>
    public string? Safetensors { get; init; }
}
