namespace NeuralNet.Samples.Mnist;

/// <summary>A test sample taken for something it is not.</summary>
/// <param name="Sample">Which sample, from zero.</param>
/// <param name="Actual">What it is.</param>
/// <param name="Predicted">What it was taken for.</param>
/// <param name="Margin">How much higher the output of the wrong class was than that of the right one.</param>
internal sealed record Mistake(int Sample, int Actual, int Predicted, float Margin);
