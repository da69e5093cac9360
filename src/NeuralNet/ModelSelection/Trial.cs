using System.Globalization;
using NeuralNet.Training;

namespace NeuralNet.ModelSelection;

/// <summary>One trial of a search.</summary>
/// <param name="Number">The number of the trial, from 0, in the order of the grid or of the draws.</param>
/// <param name="Hyperparameters">Its settings.</param>
/// <param name="Score">Its score; NaN if the trial failed.</param>
/// <param name="Failure">
/// The exception that ended the trial, such as a <see cref="TrainingDivergedException"/>, or where that was on another
/// worker, its text; null if it came to its end.
/// </param>
public sealed record Trial(int Number, Hyperparameters Hyperparameters, double Score, Exception? Failure)
{
    /// <summary>The divergence of training; null if it did not diverge.</summary>
    public TrainingDivergedException? Divergence => Failure as TrainingDivergedException;

    /// <summary>The number of the trial with its settings and its score, as readable text.</summary>
    /// <returns>For example <c>trial 3: hidden 32, rate 0.01: score 0.91</c>.</returns>
    public override string ToString()
    {
        string score = Failures.Describe(Failure)
            ?? string.Create(CultureInfo.InvariantCulture, $"score {Score:G4}");
        return string.Create(CultureInfo.InvariantCulture, $"trial {Number}: {Hyperparameters}: {score}");
    }
}
