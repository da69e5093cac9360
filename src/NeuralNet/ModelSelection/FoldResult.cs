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
    int Fold, EvaluationResult? Evaluation, TrainingHistory? History, TrainingDivergedException? Divergence);
