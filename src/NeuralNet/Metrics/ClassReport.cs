namespace NeuralNet.Metrics;

/// <summary>
/// A line of a <see cref="ClassificationReport"/>: the figures of a class, or of an average over all.
/// </summary>
/// <param name="Name">The name of the class or of the average.</param>
/// <param name="Precision">The share of the samples predicted to be of the class that are of it.</param>
/// <param name="Recall">The share of the samples of the class that were predicted to be of it.</param>
/// <param name="F1">The harmonic mean of the two.</param>
/// <param name="Support">The number of samples of the class; or the sum of their weights.</param>
public sealed record ClassReport(string Name, double Precision, double Recall, double F1, double Support);
