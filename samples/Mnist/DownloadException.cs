namespace NeuralNet.Samples.Mnist;

/// <summary>No mirror gave what was asked for.</summary>
/// <param name="message">What each one answered, on one line.</param>
internal sealed class DownloadException(string message) : Exception(message);
