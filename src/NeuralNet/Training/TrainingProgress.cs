using System.Globalization;
using NeuralNet.Evaluation;

namespace NeuralNet.Training;

/// <summary>
/// A report of how far a training run is. It does not change, so that one thread may leave it in a field that others
/// read, such as the requests of a web app.
/// </summary>
/// <param name="Epoch">The current epoch, from 1.</param>
/// <param name="Epochs">Number of epochs of the run.</param>
/// <param name="Batch">The batch just finished, from 1.</param>
/// <param name="Batches">Number of batches in an epoch, if it is known.</param>
/// <param name="Samples">Samples seen in this epoch.</param>
/// <param name="Loss">Mean loss of those samples, each at the time it was seen.</param>
/// <param name="Metrics">
/// The metrics of those samples by name: a copy, which may be read on any thread and at any time.
/// </param>
/// <param name="LearningRate">The learning rate of the batch just finished.</param>
/// <param name="SamplesPerSecond">
/// Samples trained on per second in this epoch, since the run was resumed if it was.
/// </param>
/// <param name="Elapsed">Time spent on the run so far, that before an interruption included.</param>
/// <param name="Remaining">
/// Time that the rest of the run will take at this speed, if it is known: of this epoch and all further ones, or of the
/// steps that are left.
/// </param>
public sealed record TrainingProgress(
    int Epoch,
    int Epochs,
    int Batch,
    int? Batches,
    long Samples,
    double Loss,
    IReadOnlyDictionary<string, double> Metrics,
    double LearningRate,
    double SamplesPerSecond,
    TimeSpan Elapsed,
    TimeSpan? Remaining)
{
    /// <summary>Epoch, batch, loss and metrics, as readable text.</summary>
    /// <returns>For example <c>epoch 3 of 10, batch 5 of 60: loss 0.4178, accuracy 0.83</c>.</returns>
    public override string ToString()
    {
        string batches = Batches is { } count ? string.Create(CultureInfo.InvariantCulture, $" of {count}") : "";
        string figures = EvaluationResult.Describe(Loss, Metrics);
        return string.Create(
            CultureInfo.InvariantCulture, $"epoch {Epoch} of {Epochs}, batch {Batch}{batches}: {figures}");
    }
}
