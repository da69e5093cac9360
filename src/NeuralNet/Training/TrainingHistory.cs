using System.Globalization;
using NeuralNet.Diagnostics;
using NeuralNet.Guards;

namespace NeuralNet.Training;

/// <summary>The results of a training run, epoch by epoch.</summary>
/// <param name="Epochs">The epochs in order; the last one may be incomplete if training was ended within it.</param>
/// <param name="WasCancelled">Whether the cancellation token ended the run early.</param>
/// <param name="Duration">
/// Time spent on training and validation together, that before an interruption included.
/// </param>
public sealed record TrainingHistory(IReadOnlyList<EpochResult> Epochs, bool WasCancelled, TimeSpan Duration)
{
    /// <summary>The way in which the run ended.</summary>
    public TrainingOutcome Outcome { get; init; } =
        WasCancelled ? TrainingOutcome.Cancelled : TrainingOutcome.Completed;

    /// <summary>
    /// The callback that stopped the run, by the name of its type, such as <c>EarlyStopping</c>; null if none did.
    /// </summary>
    public string? StoppedBy { get; init; }

    /// <summary>The reason why a callback stopped the run; null if none did.</summary>
    public string? StopReason { get; init; }

    /// <summary>Warnings about what keeps the network from learning, mostly from the first epoch.</summary>
    public IReadOnlyList<TrainingWarning> Warnings { get; init; } = [];

    /// <summary>
    /// The duration, the last epoch, the reason for an early end, and a line per warning, as readable text.
    /// </summary>
    /// <returns>One or more lines.</returns>
    public override string ToString()
    {
        string ended = StopReason is { } reason ? $" ({reason})" : WasCancelled ? " (cancelled)" : "";
        string last = Epochs.Count > 0 ? $"; {Epochs[^1]}" : "";
        string first = string.Create(
            CultureInfo.InvariantCulture,
            $"{Quantity.Of(Epochs.Count, "epoch")} in {Duration.TotalSeconds:G3} s{ended}{last}");
        return string.Join(Environment.NewLine, Warnings.Select(warning => $"warning: {warning}").Prepend(first));
    }
}
