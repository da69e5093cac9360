using NeuralNet.Training;
using Spectre.Console;

namespace NeuralNet.Samples.Mnist;

/// <summary>
/// Passes the progress of training on to a progress display, a bar per epoch; it draws itself on a thread of its own.
/// </summary>
/// <remarks>Training reports after every batch; all but ten a second end here, after a look at the clock.</remarks>
internal sealed class EpochBars(ProgressContext context) : IProgress<TrainingProgress>
{
    private const long IntervalMilliseconds = 100;

    private ProgressTask? _bar;
    private int _epoch;
    private long _next;

    public void Report(TrainingProgress value)
    {
        long now = Environment.TickCount64;
        if (now < _next && value.Batch < value.Batches)
        {
            return;
        }

        _next = now + IntervalMilliseconds;
        // Of data in memory both are known.
        int batches = value.Batches ?? value.Batch;
        if (_bar is null || _epoch != value.Epoch)
        {
            _epoch = value.Epoch;
            _bar = context.AddTask($"epoch {value.Epoch}/{value.Epochs}", maxValue: batches);
        }

        var figures = new EpochFigures(
            value.Loss, value.Metrics[ModelFactory.Accuracy.Name], value.SamplesPerSecond, value.Remaining ?? TimeSpan.Zero);
        _bar.State.Update<EpochFigures>(FigureColumn.StateKey, _ => figures);
        _bar.Value = value.Batch;
    }
}
