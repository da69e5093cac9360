using System.Globalization;
using NeuralNet.Evaluation;
using NeuralNet.Training;

namespace NeuralNet.ModelSelection;

/// <summary>The result of one fold of a cross-validation.</summary>
/// <param name="Fold">The number of the fold, from 0.</param>
/// <param name="Evaluation">
/// Loss and metrics on the samples that were not trained on; null if training diverged.
/// </param>
/// <param name="History">The training run; null if it diverged.</param>
/// <param name="Divergence">The divergence of training; null if it did not diverge.</param>
public sealed record FoldResult(
    int Fold, EvaluationResult? Evaluation, TrainingHistory? History, TrainingDivergedException? Divergence)
{
    /// <summary>The number of the fold with loss and metrics, or that training diverged, as readable text.</summary>
    /// <returns>For example <c>fold 0: loss 0.4178, accuracy 0.83</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"fold {Fold}: {Evaluation?.ToString() ?? "diverged"}");
}
