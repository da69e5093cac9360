namespace NeuralNet.Samples.Mnist;

/// <summary>Something the user can put right, such as a missing folder: one line, and the run is over.</summary>
internal sealed class SampleException(string message, Exception? inner = null) : Exception(message, inner);
