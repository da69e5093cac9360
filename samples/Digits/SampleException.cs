namespace NeuralNet.Samples.Digits;

/// <summary>
/// An error that the user can correct, such as a missing folder: it is shown as one line and ends the run.
/// </summary>
internal sealed class SampleException(string message, Exception? inner = null) : Exception(message, inner);
