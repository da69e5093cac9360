using System.Globalization;

namespace NeuralNet.ModelSelection;

/// <summary>The result of a cross-validation. Means are NaN if a fold failed.</summary>
/// <param name="Folds">The folds, in order.</param>
/// <param name="Loss">The loss on the samples not trained on.</param>
/// <param name="Metrics">The metrics on them, by name.</param>
public sealed record CrossValidationResult(
    IReadOnlyList<FoldResult> Folds, MeanAndDeviation Loss, IReadOnlyDictionary<string, MeanAndDeviation> Metrics)
{
    /// <summary>The number of folds with the means and deviations of loss and metrics, as readable text.</summary>
    /// <returns>For example <c>5 folds: loss 0.4178 ± 0.02, accuracy 0.83 ± 0.01</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Folds.Count} folds: ")
        + string.Join(", ", Metrics.Prepend(new("loss", Loss)).Select(figure => $"{figure.Key} {figure.Value}"));
}
