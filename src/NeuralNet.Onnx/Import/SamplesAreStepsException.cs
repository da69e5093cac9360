namespace NeuralNet.Onnx.Import;

/// <summary>
/// The model takes its samples as the steps of one sequence: a recurrent layer carries its state from each to the next.
/// </summary>
/// <param name="message">The message.</param>
internal sealed class SamplesAreStepsException(string message) : NotSupportedException(message);
