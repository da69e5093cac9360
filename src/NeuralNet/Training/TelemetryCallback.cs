using System.Diagnostics;
using System.Numerics;
using NeuralNet.Diagnostics;

namespace NeuralNet.Training;

/// <summary>
/// Records a run and its epochs as activities, and measures batches; see <see cref="TrainingTelemetry"/>.
/// </summary>
internal sealed class TelemetryCallback<T> : ITrainingCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Activity? _fit;
    private Activity? _epoch;
    private long _countedSteps;

    /// <inheritdoc/>
    public void OnTrainingStart(TrainingContext<T> context)
    {
        _countedSteps = context.StepCount;
        _fit = TrainingTelemetry.Start("fit");
        _fit?.SetTag("neuralnet.network.parameters", context.Network.ParameterCount)
            .SetTag("neuralnet.network.layers", context.Network.Layers.Count)
            .SetTag("neuralnet.objective", context.LossFunction.Name)
            .SetTag("neuralnet.optimizer", context.Optimizer.GetType().Name)
            .SetTag("neuralnet.seed", context.Seed)
            .SetTag("neuralnet.epochs", context.Options.Epochs);
    }

    /// <inheritdoc/>
    public void OnEpochStart(TrainingContext<T> context) => _epoch = TrainingTelemetry.Start("epoch");

    /// <inheritdoc/>
    public void OnBatchEnd(TrainingContext<T> context)
    {
        if (TrainingTelemetry.ListensToBatches)
        {
            TrainingTelemetry.RecordBatch(context.CurrentBatch!.Count, context.BatchLoss, context.LearningRate);
        }

        CountSteps(context);
    }

    /// <inheritdoc/>
    public void OnWarning(TrainingContext<T> context, TrainingWarning warning) =>
        TrainingTelemetry.RecordWarning(warning);

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
        CountSteps(context);
        TrainingTelemetry.RecordEpoch(result, _epoch);
        _epoch?.Dispose();
        _epoch = null;
    }

    /// <inheritdoc/>
    public void OnTrainingEnd(TrainingContext<T> context)
    {
        End(context);
        _fit?.Dispose();
    }

    /// <inheritdoc/>
    public void OnTrainingFailed(TrainingContext<T> context, Exception exception)
    {
        End(context);
        if (context.Outcome is not TrainingOutcome.Cancelled)
        {
            TrainingTelemetry.Fail(_epoch, exception);
            TrainingTelemetry.Fail(_fit, exception);
        }

        _epoch?.Dispose();
        _fit?.Dispose();
    }

    private void End(TrainingContext<T> context) =>
        _fit?.SetTag("neuralnet.epochs.done", context.Results.Count)
            .SetTag("neuralnet.outcome", context.Outcome?.ToString())
            .SetTag("neuralnet.cancelled", context.WasCancelled)
            .SetTag("neuralnet.stopped_by", context.StoppedBy)
            .SetTag("neuralnet.stop_reason", context.StopReason);

    // The last step of an epoch may be made after its last batch has ended.
    private void CountSteps(TrainingContext<T> context)
    {
        for (; _countedSteps < context.StepCount; _countedSteps++)
        {
            TrainingTelemetry.CountStep();
        }
    }
}
