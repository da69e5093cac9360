namespace NeuralNet.ModelSelection;

/// <summary>The result of a cross-validation. Means are NaN if training diverged in a fold.</summary>
/// <param name="Folds">The folds, in order.</param>
/// <param name="Loss">The loss on the samples not trained on.</param>
/// <param name="Metrics">The metrics on them, by name.</param>
public sealed record CrossValidationResult(
    IReadOnlyList<FoldResult> Folds, MeanAndDeviation Loss, IReadOnlyDictionary<string, MeanAndDeviation> Metrics);
