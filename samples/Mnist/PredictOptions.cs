namespace NeuralNet.Samples.Mnist;

/// <summary>What a command line that reads a digit asks for.</summary>
internal sealed record PredictOptions
{
    /// <summary>The network.</summary>
    public required ModelOptions Model { get; init; }

    /// <summary>The file with the image.</summary>
    public required string Image { get; init; }
}
