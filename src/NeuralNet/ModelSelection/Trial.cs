using NeuralNet.Training;

namespace NeuralNet.ModelSelection;

/// <summary>One trial of a search.</summary>
/// <param name="Number">Which, from 0, in the order of the grid or of the draws.</param>
/// <param name="Hyperparameters">Its settings.</param>
/// <param name="Score">How good it was; NaN if training diverged.</param>
/// <param name="Divergence">How training diverged; null if it did not.</param>
public sealed record Trial(int Number, Hyperparameters Hyperparameters, double Score, TrainingDivergedException? Divergence);
