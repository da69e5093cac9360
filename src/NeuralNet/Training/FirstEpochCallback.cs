using System.Numerics;
using NeuralNet.Batches;
using NeuralNet.Diagnostics;
using NeuralNet.Randomness;

namespace NeuralNet.Training;

/// <summary>Warns about what a <see cref="FirstEpochCheck{T}"/> finds in the first epoch of a new run.</summary>
internal sealed class FirstEpochCallback<T>(TrainingStepper<T> stepper) : ITrainingCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private FirstEpochCheck<T>? _check;
    private RandomStream _draw;
    private long _firstStep;

    /// <inheritdoc/>
    public void OnTrainingStart(TrainingContext<T> context)
    {
        // A resumed run is not checked again.
        if (context.Epoch == 0)
        {
            _check = new(stepper.Engine, checksLoss: context.StepCount == 0);
            _firstStep = context.StepCount;
        }
    }

    /// <inheritdoc/>
    public void OnBatchStart(TrainingContext<T> context)
    {
        if (_check is not null)
        {
            _draw = stepper.NextDraw;
        }
    }

    /// <inheritdoc/>
    public void OnBatchEnd(TrainingContext<T> context)
    {
        if (_check is { } check)
        {
            BatchBuffer<T> batch = context.CurrentBatch!;
            Warn(context, check.Add(batch.Inputs, batch.Targets, batch.Weights, _draw));
        }
    }

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
        if (_check is { } check && !context.CancellationToken.IsCancellationRequested)
        {
            Warn(context, check.Finish(context.StepCount - _firstStep));
        }

        _check = null;
    }

    private static void Warn(TrainingContext<T> context, IReadOnlyList<TrainingWarning> warnings)
    {
        foreach (TrainingWarning warning in warnings)
        {
            context.Warn(warning);
        }
    }
}
