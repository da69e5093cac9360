namespace NeuralNet.Samples.Mnist;

/// <summary>What a command line that writes a trained network for other programs asks for.</summary>
internal sealed record ExportOptions
{
    /// <summary>The file with the network.</summary>
    public required string Model { get; init; }

    /// <summary>The file the ONNX model goes to, if any.</summary>
    public string? Onnx { get; init; }

    /// <summary>The file the parameters go to, if any.</summary>
    public string? Safetensors { get; init; }
}
