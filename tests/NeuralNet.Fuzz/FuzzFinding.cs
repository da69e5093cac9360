namespace NeuralNet.Fuzz;

/// <summary>A file that a reader did not treat as it should.</summary>
/// <param name="Case">The number of the case, from which alone, with the seed, the file follows.</param>
/// <param name="What">What went wrong.</param>
/// <param name="File">The file.</param>
internal sealed record FuzzFinding(long Case, string What, byte[] File);
