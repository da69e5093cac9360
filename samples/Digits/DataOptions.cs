using NeuralNet.Datasets;

namespace NeuralNet.Samples.Digits;

/// <summary>The data source given on the command line.</summary>
internal sealed record DataOptions
{
    /// <summary>The folder with the data; null to look for it.</summary>
    public string? Folder { get; init; }

    /// <summary>True to use <see cref="GeneratedDigits"/> without looking for data.</summary>
    public bool Generated { get; init; }
}
