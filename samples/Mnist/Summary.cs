using System.Text.Json;
using NeuralNet.Training;

namespace NeuralNet.Samples.Mnist;

/// <summary>The result of a run for programs to read. A figure that is no finite number is left null.</summary>
/// <param name="Dataset">What the figures were reached on.</param>
/// <param name="Hidden">Neurons of each hidden layer.</param>
/// <param name="Parameters">Number of weights and biases.</param>
/// <param name="Epochs">Epochs completed.</param>
/// <param name="BatchSize">Samples per step.</param>
/// <param name="Optimizer">As named on the command line.</param>
/// <param name="Seed">Where all randomness came from.</param>
/// <param name="Threads">Threads trained with.</param>
/// <param name="TrainSeconds">Time spent on training alone.</param>
/// <param name="SamplesPerSecond">Samples trained on per second of it.</param>
/// <param name="TrainLoss">Mean loss of the training samples in the last epoch, each at the time it was seen.</param>
/// <param name="TestLoss">Mean loss of the test samples at the end.</param>
/// <param name="TestAccuracy">Share of the test samples read correctly at the end, from 0 to 1.</param>
internal sealed record Summary(
    string Dataset,
    IReadOnlyList<int> Hidden,
    long Parameters,
    int Epochs,
    int BatchSize,
    string Optimizer,
    int Seed,
    int Threads,
    double? TrainSeconds,
    double? SamplesPerSecond,
    double? TrainLoss,
    double? TestLoss,
    double? TestAccuracy)
{
    /// <summary>Sums a run up.</summary>
    public static Summary Of(MnistOptions options, long parameters, RunResult result)
    {
        IReadOnlyList<EpochResult> epochs = result.History.Epochs;
        double seconds = epochs.Sum(epoch => epoch.Duration.TotalSeconds);
        return new(
            result.Data.Name,
            options.Hidden,
            parameters,
            epochs.Count(epoch => epoch.IsComplete),
            options.BatchSize,
            options.Optimizer,
            options.Seed,
            options.Threads,
            Finite(seconds),
            Finite(epochs.Sum(epoch => (double)epoch.Samples) / seconds),
            Finite(epochs[^1].Loss),
            Finite(result.TestLoss),
            Finite(result.Confusion.Accuracy));
    }

    /// <summary>Writes it to a file, as one JSON object.</summary>
    public void Save(string path) =>
        File.WriteAllText(path, JsonSerializer.Serialize(this, SummaryJson.Default.Summary) + "\n");

    // JSON has no NaN and no infinity.
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
