using NeuralNet.Metrics;
using NeuralNet.Training;
using static System.FormattableString;

namespace NeuralNet.Samples.Mnist;

/// <summary>What a run came to.</summary>
/// <param name="Data">What it was trained and tested on.</param>
/// <param name="History">The training.</param>
/// <param name="TestLoss">Mean loss of the test samples.</param>
/// <param name="Confusion">What the test samples were taken for.</param>
/// <param name="Mistakes">The test samples taken for something else, the surest mistakes first.</param>
internal sealed record RunResult(
    MnistData Data,
    TrainingHistory History,
    double TestLoss,
    ConfusionMatrix Confusion,
    IReadOnlyList<Mistake> Mistakes)
{
    /// <summary>What each epoch gave, the tests after them among it if there were any.</summary>
    public IReadOnlyList<EpochRecord> Epochs { get; init; } = [.. History.Epochs.Select(epoch => new EpochRecord(epoch))];

    /// <summary>The first epoch with the highest test accuracy; null if the epochs were not tested.</summary>
    public EpochRecord? Best => Epochs.Where(epoch => epoch.TestAccuracy is not null).MaxBy(epoch => epoch.TestAccuracy);

    /// <summary>The line that names the best epoch; null if the epochs were not tested.</summary>
    public string? BestLine => Best is not { } best
        ? null
        : Invariant($"best epoch {best.Training.Epoch}: test accuracy {100 * best.TestAccuracy:F2} %")
            + Data.ResultSuffix;

    /// <summary>The line a run ends with.</summary>
    public string LastLine =>
        Invariant($"test accuracy {100 * Confusion.Accuracy:F2} % ({Confusion.Correct} of {Confusion.Count})")
        + Data.ResultSuffix;

    /// <summary>How far an interrupted run came; null if it was not interrupted.</summary>
    public string? Interruption => !History.WasCancelled
        ? null
        : History.Epochs[^1] is { IsComplete: false } last
            ? Invariant($"interrupted in epoch {last.Epoch}, after {last.Samples} of its {Data.Training.Count} samples")
            : Invariant($"interrupted after epoch {History.Epochs[^1].Epoch}");
}
