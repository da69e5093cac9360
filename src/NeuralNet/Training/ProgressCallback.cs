using System.Diagnostics;
using System.Numerics;

namespace NeuralNet.Training;

/// <summary>Reports progress: at most once per interval, and at the end of every epoch.</summary>
internal sealed class ProgressCallback<T>(IProgress<TrainingProgress> progress, TimeSpan interval)
    : ITrainingCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private long _nextReport;
    private (int Epoch, int Batch) _reported;

    /// <inheritdoc/>
    public void OnBatchEnd(TrainingContext<T> context) => Report(context, isLast: context.Batch == context.Batches);

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext<T> context, EpochResult result) => Report(context, isLast: true);

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
