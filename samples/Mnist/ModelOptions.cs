namespace NeuralNet.Samples.Mnist;

/// <summary>Which trained network the command line asks for.</summary>
internal sealed record ModelOptions
{
    /// <summary>The file.</summary>
    public required string File { get; init; }

    /// <summary>
    /// The loss it was trained with, a key of <see cref="ModelFactory.Losses"/>; null for what fits its outputs.
    /// </summary>
    public string? Loss { get; init; }
}
