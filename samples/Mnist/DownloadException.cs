namespace NeuralNet.Samples.Mnist;

/// <summary>No mirror gave the requested file.</summary>
/// <param name="message">The answer of each mirror, on one line.</param>
internal sealed class DownloadException(string message) : Exception(message);
