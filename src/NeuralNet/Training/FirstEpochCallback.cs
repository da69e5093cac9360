using System.Numerics;
using NeuralNet.Batches;
using NeuralNet.Diagnostics;
using NeuralNet.Randomness;

namespace NeuralNet.Training;

/// <summary>Warns about what a <see cref="FirstEpochCheck{T}"/> finds in the first epoch of a new run.</summary>
internal sealed class FirstEpochCallback<T>(TrainingStepper<T> stepper) : ITrainingCallback<T>, INeedsTrainedParameters
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const string Remedy =
        "Choose another BatchSize, so that every batch, the last one of the epoch included, has several samples; or "
        + "take LayerNormalization.";

    private FirstEpochCheck<T>? _check;
    private long _firstStep;

    /// <inheritdoc/>
    public void OnTrainingStart(TrainingContext<T> context)
    {
        // A resumed run is not checked again.
        if (context.Epoch == 0)
        {
            _check = new(stepper.Engine, checksLoss: context.StepCount == 0, context.Validation);
            _firstStep = context.StepCount;
            Warn(context, _check.Begin(context.LearningRateFactor));
            if (SinglesOf(context) is { } singles)
            {
                Warn(context, _check.WarnOfSingleSamples(singles, Remedy));
            }
        }
    }

    /// <inheritdoc/>
    public void OnBatchStart(TrainingContext<T> context)
    {
        if (_check is not null)
        {
            if (context.SamplesPerEpoch is null && context.CurrentBatch!.WholeCount == 1)
            {
                Warn(
                    context,
                    _check.WarnOfSingleSamples(
                        $"Batch {context.Batch} of the source has", "Let each batch have several samples."));
            }
        }
    }

    /// <inheritdoc/>
    public void OnBatchEnd(TrainingContext<T> context)
    {
        if (_check is { } check)
        {
            BatchBuffer<T> batch = context.CurrentBatch!;
            (int start, int count, RandomStream draw) = stepper.LastPass;
            if (count == 0)
            {
                // All samples of the batch were those of other workers.
                return;
            }

            Warn(
                context,
                check.Add(
                    batch.Inputs.ColumnRange(start, count),
                    batch.Targets.ColumnRange(start, count),
                    batch.Weights.Slice(start * batch.WeightSize, count * batch.WeightSize),
                    draw));
        }
    }

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
        if (_check is { } check && !context.CancellationToken.IsCancellationRequested)
        {
            // Of several processes, each sees its share of the samples.
            Warn(
                context,
                check.Finish(
                    context.StepCount - _firstStep, hasSeenAll: result.IsComplete && context.Workers.Count == 1));
        }

        _check = null;
    }

    /// <summary>The batches of one sample among those of a data set; null if there are none.</summary>
    private static string? SinglesOf(TrainingContext<T> context)
    {
        if (context.SamplesPerEpoch is not { } samples)
        {
            return null;
        }

        int size = Math.Min(context.Options.BatchSize, samples);
        bool reachesLast = !(context.Options.Steps * context.Options.AccumulationSteps < context.Batches);
        return size == 1 ? "Every batch has"
            : samples % size == 1 && reachesLast ? "The last batch of every epoch has"
            : null;
    }

    private static void Warn(TrainingContext<T> context, IReadOnlyList<TrainingWarning> warnings)
    {
        foreach (TrainingWarning warning in warnings)
        {
            context.Warn(warning);
        }
    }
}
