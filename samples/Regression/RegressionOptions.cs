namespace NeuralNet.Samples.Regression;

/// <summary>The options given on the command line.</summary>
/// <param name="Data">The user's own CSV file; null for the balls.</param>
/// <param name="Target">The column to predict.</param>
/// <param name="Seed">The seed of all random numbers.</param>
/// <param name="Epochs">The largest number of epochs of a training.</param>
/// <param name="Generate">The file to write the table of balls to, without training; null to train.</param>
internal sealed record RegressionOptions(string? Data, string Target, int Seed, int Epochs, string? Generate);
