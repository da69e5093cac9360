using System.Globalization;
using NeuralNet.Diagnostics;

namespace NeuralNet.Training;

/// <summary>What a training run gave, epoch by epoch.</summary>
/// <param name="Epochs">The epochs in order; the last one may be incomplete if training was ended within it.</param>
/// <param name="WasCancelled">Whether the cancellation token ended the run before its time.</param>
/// <param name="Duration">Time spent on training and validation together.</param>
public sealed record TrainingHistory(IReadOnlyList<EpochResult> Epochs, bool WasCancelled, TimeSpan Duration)
{
    /// <summary>Why a callback ended the run before its time; null if none did.</summary>
    public string? StopReason { get; init; }

    /// <summary>What was found in the first epoch that keeps networks from learning; empty where nothing was.</summary>
    public IReadOnlyList<TrainingWarning> Warnings { get; init; } = [];

    /// <summary>
    /// How long it took, the last epoch, why it ended before its time, and a line for every warning. For people.
    /// </summary>
    /// <returns>One or more lines.</returns>
    public override string ToString()
    {
        string ended = StopReason ?? (WasCancelled ? "cancelled" : "");
        string first = string.Create(
            CultureInfo.InvariantCulture,
            $"{Epochs.Count} epochs in {Duration.TotalSeconds:G3} s{(ended.Length > 0 ? $" ({ended})" : "")}{(Epochs.Count > 0 ? $"; {Epochs[^1]}" : "")}");
        return string.Join(Environment.NewLine, Warnings.Select(warning => $"warning: {warning}").Prepend(first));
    }
}
