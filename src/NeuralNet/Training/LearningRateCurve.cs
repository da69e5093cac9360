namespace NeuralNet.Training;

/// <summary>The result of a learning-rate range test.</summary>
/// <param name="Points">The steps in order, with growing learning rates.</param>
/// <param name="Suggestion">
/// The learning rate at which the loss falls the most steeply; null where it never falls, or there are too few points
/// to tell.
/// </param>
/// <param name="HasExploded">Whether it ended before the largest rate because the loss exploded.</param>
public sealed record LearningRateCurve(IReadOnlyList<LearningRatePoint> Points, double? Suggestion, bool HasExploded);
