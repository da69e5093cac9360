using System.Globalization;
using NeuralNet.Diagnostics;

namespace NeuralNet.Training;

/// <summary>The result of a learning-rate range test.</summary>
/// <param name="Points">The steps in order, with growing learning rates.</param>
/// <param name="Suggestion">
/// The learning rate at which the loss falls the most steeply; null where it never falls, or there are too few points
/// to tell.
/// </param>
/// <param name="HasExploded">Whether it ended before the largest rate because the loss exploded.</param>
public sealed record LearningRateCurve(IReadOnlyList<LearningRatePoint> Points, double? Suggestion, bool HasExploded)
{
    /// <summary>
    /// Settings of the network with which nothing can be learned at any rate, as a training warns of them.
    /// </summary>
    public IReadOnlyList<TrainingWarning> Warnings { get; init; } = [];

    /// <summary>The number of steps, the suggested learning rate and the warnings, as readable text.</summary>
    /// <returns>For example <c>100 learning rates; suggestion: 0.003</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Points.Count} learning rates; suggestion: ")
        + (Suggestion?.ToString("G4", CultureInfo.InvariantCulture) ?? "none")
        + (HasExploded ? "; the loss exploded" : "")
        + string.Concat(Warnings.Select(warning => $"; {warning.Message}"));
}
