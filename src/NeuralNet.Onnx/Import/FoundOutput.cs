namespace NeuralNet.Onnx.Import;

/// <summary>An output of a model, and what it is for a network.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
internal sealed record FoundOutput(string Name, OutputState Kind)
{
    /// <summary>The dimensions of what is computed; null if nothing is.</summary>
    public string? Shape { get; init; }

    /// <summary>The name of the value that it is decided from; null if it is not.</summary>
    public string? Basis { get; init; }

    /// <summary>Why the network cannot compute it; null if it can.</summary>
    public Exception? Failure { get; init; }
}
