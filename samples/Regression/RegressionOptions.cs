namespace NeuralNet.Samples.Regression;

/// <summary>What the command line asks for.</summary>
/// <param name="Data">The user's own CSV file; null for the balls.</param>
/// <param name="Target">The column to predict.</param>
/// <param name="Seed">Where all randomness comes from.</param>
/// <param name="Epochs">The most epochs of a training.</param>
/// <param name="Generate">Where to write the table of balls, and nothing else; null to train.</param>
internal sealed record RegressionOptions(string? Data, string Target, int Seed, int Epochs, string? Generate);
