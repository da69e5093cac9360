using System.Globalization;
using NeuralNet.Evaluation;

namespace NeuralNet.Training;

/// <summary>The result of one epoch of training.</summary>
/// <param name="Epoch">The number of the epoch, from 1.</param>
/// <param name="IsComplete">Whether every sample was seen; false for an epoch that was ended early.</param>
/// <param name="Samples">Number of samples seen.</param>
/// <param name="Loss">
/// Mean loss of the training samples, each at the time it was seen; NaN if no sample was seen.
/// </param>
/// <param name="Metrics">The metrics of the training samples by name, each sample at the time it was seen.</param>
/// <param name="Validation">Loss and metrics on the validation data at the end of the epoch, if there are any.</param>
/// <param name="Duration">
/// Time spent on training, without validation; that before an interruption included.
/// </param>
public sealed record EpochResult(
    int Epoch,
    bool IsComplete,
    long Samples,
    double Loss,
    IReadOnlyDictionary<string, double> Metrics,
    EvaluationResult? Validation,
    TimeSpan Duration)
{
    /// <summary>The learning rate of the last batch; NaN if there was none.</summary>
    public double LearningRate { get; init; } = double.NaN;

    /// <summary>Samples trained on per second.</summary>
    public double SamplesPerSecond => Samples / Duration.TotalSeconds;

    /// <summary>Losses and metrics as readable text.</summary>
    /// <returns>For example <c>epoch 3: loss 0.4178, accuracy 0.83; validation: loss 0.43, accuracy 0.82</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"epoch {Epoch}: {EvaluationResult.Describe(Loss, Metrics)}")
        + (Validation is null ? "" : $"; validation: {Validation}");
}
