namespace NeuralNet.Samples.Digits;

/// <summary>The trained network given on the command line.</summary>
internal sealed record ModelOptions
{
    /// <summary>The file.</summary>
    public required string File { get; init; }

    /// <summary>
    /// The loss it was trained with, a key of <see cref="ModelFactory.Losses"/>; null for one that fits its outputs.
    /// </summary>
    public string? Loss { get; init; }
}
