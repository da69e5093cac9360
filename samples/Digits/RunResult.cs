using NeuralNet.Training;
using static System.FormattableString;

namespace NeuralNet.Samples.Digits;

/// <summary>The result of a training run.</summary>
internal sealed record RunResult : TestResult
{
    /// <summary>Puts it together.</summary>
    public RunResult(TestResult test, TrainingHistory history)
        : base(test) => (History, Epochs) = (history, [.. history.Epochs.Select(epoch => new EpochRecord(epoch))]);

    /// <summary>The training.</summary>
    public TrainingHistory History { get; }

    /// <summary>The results of each epoch, including its test if there was one.</summary>
    public IReadOnlyList<EpochRecord> Epochs { get; init; }

    /// <summary>The first epoch with the highest test accuracy; null if the epochs were not tested.</summary>
    public EpochRecord? Best =>
        Epochs.Where(epoch => epoch.TestAccuracy is not null).MaxBy(epoch => epoch.TestAccuracy);

    /// <summary>The line that names the best epoch; null if the epochs were not tested.</summary>
    public string? BestLine => Best is not { } best
        ? null
        : Invariant($"best epoch {best.Training.Epoch}: test accuracy {100 * best.TestAccuracy:F2} %")
            + Data.ResultSuffix;

    /// <summary>
    /// The epoch whose parameters early stopping put back, from 1; null if there was no early stopping.
    /// </summary>
    public int? KeptEpoch { get; init; }

    /// <summary>The line that names the epoch whose parameters were put back; null if none were.</summary>
    public string? KeptLine => KeptEpoch is { } kept
        ? Invariant($"kept the parameters of epoch {kept}, the best on the validation samples")
        : null;

    /// <summary>Remarks on the run, to be shown before its last lines.</summary>
    public IEnumerable<string> Remarks => ((string?[])[Interruption, KeptLine, BestLine]).OfType<string>();

    /// <summary>The reason why the run ended early; null if it did not.</summary>
    public string? Interruption => History.StopReason is { } reason
        ? Invariant($"stopped after epoch {History.Epochs[^1].Epoch}: {reason}")
        : !History.WasCancelled
            ? null
            : History.Epochs[^1] is { IsComplete: false } last
                ? Invariant(
                    $"interrupted in epoch {last.Epoch}, after {last.Samples} of its {Data.Training.Count} samples")
                : Invariant($"interrupted after epoch {History.Epochs[^1].Epoch}");
}
