namespace NeuralNet.Samples.Mnist;

/// <summary>What stands beside the progress bar of an epoch.</summary>
internal readonly record struct EpochFigures(double Loss, double Accuracy, double SamplesPerSecond, TimeSpan Remaining);
