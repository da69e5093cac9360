namespace NeuralNet.Training;

/// <summary>How good a network is on a data set.</summary>
/// <param name="Loss">Mean loss over the samples.</param>
/// <param name="Metrics">Metrics over the samples by name.</param>
public sealed record Evaluation(double Loss, IReadOnlyDictionary<string, double> Metrics);
