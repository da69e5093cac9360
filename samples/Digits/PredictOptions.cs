namespace NeuralNet.Samples.Digits;

/// <summary>The options of reading a digit.</summary>
internal sealed record PredictOptions
{
    /// <summary>The network.</summary>
    public required ModelOptions Model { get; init; }

    /// <summary>The file with the image.</summary>
    public required string Image { get; init; }
}
