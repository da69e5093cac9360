using NeuralNet.Training;

namespace NeuralNet.ModelSelection;

/// <summary>One trial of a search.</summary>
/// <param name="Number">The number of the trial, from 0, in the order of the grid or of the draws.</param>
/// <param name="Hyperparameters">Its settings.</param>
/// <param name="Score">Its score; NaN if training diverged.</param>
/// <param name="Divergence">The divergence of training; null if it did not diverge.</param>
public sealed record Trial(
    int Number, Hyperparameters Hyperparameters, double Score, TrainingDivergedException? Divergence);
