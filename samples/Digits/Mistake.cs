namespace NeuralNet.Samples.Digits;

/// <summary>A test sample with a wrong prediction.</summary>
/// <param name="Sample">Index of the sample, from 0.</param>
/// <param name="Actual">The class of the sample.</param>
/// <param name="Predicted">The predicted class.</param>
/// <param name="Margin">The output of the wrong class minus that of the right one.</param>
internal sealed record Mistake(int Sample, int Actual, int Predicted, float Margin);
