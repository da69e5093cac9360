namespace NeuralNet.Benchmarks.Measuring;

/// <summary>A peer is missing, failed, or computes something else.</summary>
/// <param name="message">What is wrong, as a sentence.</param>
internal sealed class PeerException(string message) : Exception(message);
