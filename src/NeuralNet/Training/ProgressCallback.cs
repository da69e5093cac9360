using System.Diagnostics;
using System.Numerics;

namespace NeuralNet.Training;

/// <summary>Reports progress: at most once per interval, at the end of every epoch, and at that of the run.</summary>
internal sealed class ProgressCallback<T>(IProgress<TrainingProgress> progress, TimeSpan interval)
    : ITrainingCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ITrainingProgress? _listener = progress as ITrainingProgress;
    private long _nextReport;
    private (int Epoch, int Batch) _reported;

    /// <inheritdoc/>
    public void OnBatchEnd(TrainingContext<T> context) => Report(context, isLast: context.Batch == context.Batches);

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
        Report(context, isLast: true);
        _listener?.ReportEpoch(context.Report(), result);
    }

    /// <inheritdoc/>
    public void OnTrainingEnd(TrainingContext<T> context) => ReportEnd(context);

    /// <inheritdoc/>
    public void OnTrainingFailed(TrainingContext<T> context, Exception exception) => ReportEnd(context);

    private void ReportEnd(TrainingContext<T> context) =>
        _listener?.ReportEnd(context.Outcome ?? TrainingOutcome.Failed);

    private void Report(TrainingContext<T> context, bool isLast)
    {
        if ((context.Epoch, context.Batch) == _reported)
        {
            return;
        }

        long now = Stopwatch.GetTimestamp();
        if (isLast || now >= _nextReport)
        {
            _reported = (context.Epoch, context.Batch);
            _nextReport = now + (long)(interval.TotalSeconds * Stopwatch.Frequency);
            progress.Report(context.Report());
        }
    }
}
