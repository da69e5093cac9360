using NeuralNet.Evaluation;
using NeuralNet.Training;

namespace NeuralNet.ModelSelection;

/// <summary>What one fold of a cross-validation gave.</summary>
/// <param name="Fold">Which, from 0.</param>
/// <param name="Evaluation">
/// How good the network is on the samples it was not trained on; null if training diverged.
/// </param>
/// <param name="History">How it was trained; null if training diverged.</param>
/// <param name="Divergence">How training diverged; null if it did not.</param>
public sealed record FoldResult(int Fold, EvaluationResult? Evaluation, TrainingHistory? History, TrainingDivergedException? Divergence);
