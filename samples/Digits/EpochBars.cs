using NeuralNet.Training;
using Spectre.Console;

namespace NeuralNet.Samples.Digits;

/// <summary>
/// Passes the progress of training on to a progress display, a bar per epoch, which is drawn on a thread of its own.
/// </summary>
internal sealed class EpochBars(ProgressContext context) : IEpochDisplay
{
    private readonly RemainingTime _remaining = new(TimeProvider.System);
    private ProgressTask? _bar;
    private int _epoch;

    public void Report(TrainingProgress value)
    {
        // Both are known for data in memory.
        int batches = value.Batches ?? value.Batch;
        if (_bar is null || _epoch != value.Epoch)
        {
            _epoch = value.Epoch;
            _bar = context.AddTask($"epoch {value.Epoch}/{value.Epochs}", maxValue: batches);
        }

        var figures = new EpochFigures(
            value.Loss,
            value.Metrics[ModelFactory.Accuracy.Name],
            value.SamplesPerSecond,
            _remaining.Estimate(
                ((value.Epoch - 1.0) * batches) + value.Batch, (double)value.Epochs * batches));
        _bar.State.Update<EpochFigures>(FigureColumn.StateKey, _ => figures);
        _bar.Value = value.Batch;
    }

    public void EndEpoch(EpochRecord epoch) =>
        _bar?.State.Update<EpochFigures>(
            FigureColumn.StateKey, figures => figures with { TestAccuracy = epoch.TestAccuracy });
}
