namespace NeuralNet.Samples.Mnist;

/// <summary>Where the command line says the data come from.</summary>
internal sealed record DataOptions
{
    /// <summary>The folder with the data; null to look for it.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether to use <see cref="GeneratedDigits"/>, without looking for data.</summary>
    public bool Generated { get; init; }
}
