using System.Globalization;
using NeuralNet.Evaluation;
using NeuralNet.Training;

namespace NeuralNet.ModelSelection;

/// <summary>The result of one fold of a cross-validation.</summary>
/// <param name="Fold">The number of the fold, from 0.</param>
/// <param name="Evaluation">
/// Loss and metrics on the samples that were not trained on; null if the fold failed.
/// </param>
/// <param name="History">The training run; null if the fold failed, or another worker trained it.</param>
/// <param name="Failure">
/// The exception that ended the fold, such as a <see cref="TrainingDivergedException"/>, or where that was on another
/// worker, its text; null if it came to its end.
/// </param>
public sealed record FoldResult(
    int Fold, EvaluationResult? Evaluation, TrainingHistory? History, Exception? Failure)
{
    /// <summary>The divergence of training; null if it did not diverge.</summary>
    public TrainingDivergedException? Divergence => Failure as TrainingDivergedException;

    /// <summary>
    /// The number of the fold with loss and metrics, or that training diverged or the fold failed, as readable text.
    /// </summary>
    /// <returns>For example <c>fold 0: loss 0.4178, accuracy 0.83</c>.</returns>
    public override string ToString()
    {
        string outcome = Failures.Describe(Failure) ?? Evaluation?.ToString() ?? "not measured";
        return string.Create(CultureInfo.InvariantCulture, $"fold {Fold}: {outcome}");
    }
}
