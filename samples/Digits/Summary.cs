using System.Text.Json;
using NeuralNet.Training;

namespace NeuralNet.Samples.Digits;

/// <summary>The result of a run for programs to read. A figure that is not finite is null.</summary>
/// <param name="Dataset">The name of the data.</param>
/// <param name="TrainSamples">Number of training samples.</param>
/// <param name="ValidationSamples">Number of validation samples, held out of the training data.</param>
/// <param name="Network">Kind of network, as named on the command line.</param>
/// <param name="Hidden">Neurons of each hidden dense layer.</param>
/// <param name="Activation">Activation of the hidden layers, as named on the command line.</param>
/// <param name="OutputActivation">Activation of the last layer, as named on the command line.</param>
/// <param name="Initialization">Rule for the initial parameters, as named on the command line.</param>
/// <param name="Dropout">Share of the hidden layers' outputs dropped while training; null for none.</param>
/// <param name="Parameters">Number of weights and biases.</param>
/// <param name="Epochs">Epochs completed.</param>
/// <param name="BatchSize">Samples per step.</param>
/// <param name="Loss">As named on the command line.</param>
/// <param name="Optimizer">As named on the command line.</param>
/// <param name="LearningRate">The learning rate, before its schedule.</param>
/// <param name="Schedule">As named on the command line.</param>
/// <param name="Seed">The seed of all random numbers.</param>
/// <param name="Threads">Number of threads.</param>
/// <param name="TrainSeconds">Time spent on training alone.</param>
/// <param name="SamplesPerSecond">Samples trained on per second of that time.</param>
/// <param name="StopReason">
/// The reason why training ended before its last epoch; null if there was none, or if the user ended it.
/// </param>
/// <param name="KeptEpoch">
/// The epoch whose parameters early stopping put back, from 1; null without early stopping.
/// </param>
/// <param name="TrainLoss">Mean loss of the training samples in the last epoch, each at the time it was seen.</param>
/// <param name="TestLoss">Mean loss of the test samples at the end.</param>
/// <param name="TestAccuracy">Share of the test samples read correctly at the end, from 0 to 1.</param>
/// <param name="BestTestAccuracy">The highest share after any epoch; null unless tested after every epoch.</param>
/// <param name="BestEpoch">The first epoch that reached it, from 1.</param>
internal sealed record Summary(
    string Dataset,
    int TrainSamples,
    int ValidationSamples,
    string Network,
    IReadOnlyList<int> Hidden,
    string Activation,
    string OutputActivation,
    string Initialization,
    double? Dropout,
    long Parameters,
    int Epochs,
    int BatchSize,
    string Loss,
    string Optimizer,
    double LearningRate,
    string Schedule,
    int Seed,
    int Threads,
    double? TrainSeconds,
    double? SamplesPerSecond,
    string? StopReason,
    int? KeptEpoch,
    double? TrainLoss,
    double? TestLoss,
    double? TestAccuracy,
    double? BestTestAccuracy,
    int? BestEpoch)
{
    /// <summary>Summarizes a run.</summary>
    public static Summary Of(TrainOptions options, long parameters, RunResult result)
    {
        IReadOnlyList<EpochResult> epochs = result.History.Epochs;
        double seconds = epochs.Sum(epoch => epoch.Duration.TotalSeconds);
        return new(
            result.Data.Name,
            result.Data.Training.Count,
            result.Data.Validation?.Count ?? 0,
            options.Network,
            options.Hidden,
            options.Activation,
            options.OutputActivation,
            options.Initialization,
            options.Dropout,
            parameters,
            epochs.Count(epoch => epoch.IsComplete),
            options.BatchSize,
            options.Loss,
            options.Optimizer,
            options.LearningRate,
            options.Schedule,
            options.Seed,
            options.Threads,
            Finite(seconds),
            Finite(epochs.Sum(epoch => (double)epoch.Samples) / seconds),
            result.History.StopReason,
            result.KeptEpoch,
            Finite(epochs[^1].Loss),
            Finite(result.TestLoss),
            Finite(result.Confusion.Accuracy),
            result.Best?.TestAccuracy,
            result.Best?.Training.Epoch);
    }

    /// <summary>Writes it to a file, as one JSON object.</summary>
    public void Save(string path) =>
        OutputFile.WriteText(path, JsonSerializer.Serialize(this, SummaryJson.Default.Summary) + "\n");

    // JSON has no NaN and no infinity.
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
