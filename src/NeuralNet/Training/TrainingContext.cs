using System.Numerics;
using NeuralNet.Networks;

namespace NeuralNet.Training;

/// <summary>A training run as its callbacks see it.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TrainingContext<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TrainingRun _run;

    private readonly TrainingLoop<T> _loop;

    internal TrainingContext(
        Trainer<T> trainer, TrainingLoop<T> loop, TrainingRun run, FitOptions<T> options, bool hasValidation)
    {
        _loop = loop;

        HasValidation = hasValidation;
        Trainer = trainer;
        Options = options;
        _run = run;
    }

    /// <summary>The trainer at work.</summary>
    public Trainer<T> Trainer { get; }

    /// <summary>The network being trained.</summary>
    public Network<T> Network => Trainer.Network;

    /// <summary>How it is trained.</summary>
    public FitOptions<T> Options { get; }

    /// <summary>Whether the network is validated, after every epoch or some.</summary>
    public bool HasValidation { get; }

    /// <summary>The epoch at hand, from 1; the last one when training has ended.</summary>
    public int Epoch => _run.Epoch;

    /// <summary>The batch at hand, from 1; 0 before the first one of an epoch.</summary>
    public int Batch => _run.Batch;

    /// <summary>Number of batches in an epoch, if it is known.</summary>
    public int? Batches => _run.Batches;

    /// <summary>Mean loss of the samples of the epoch, each at the time it was seen; NaN before the first batch.</summary>
    public double Loss => _run.MeanLoss;

    /// <summary>Loss of the last batch before its step; NaN before the first one.</summary>
    public double BatchLoss => _run.BatchLoss;

    /// <summary>The metrics of the samples of the epoch by name; they change as training goes on.</summary>
    public IReadOnlyDictionary<string, double> Metrics => _run.Metrics;

    /// <summary>The learning rate of the last batch; NaN before the first one.</summary>
    public double LearningRate => _run.LearningRate;

    /// <summary>The epochs finished so far, those before an interruption among them.</summary>
    public IReadOnlyList<EpochResult> Results => _run.Results;

    /// <summary>Time since the run started, without what passed before an interruption.</summary>
    public TimeSpan Elapsed => _run.Elapsed;

    /// <summary>Why the run ends before its time; null unless <see cref="Stop"/> was called.</summary>
    public string? StopReason { get; private set; }

    /// <summary>Whether no gradients wait for their step, so that the state of the run can be saved.</summary>
    internal bool IsAtStep => Trainer.PendingBatches == 0;

    /// <summary>Refuses a run whose settings cannot be described for a checkpoint.</summary>
    internal void RequireDescribed() => _loop.RequireDescribed();

    /// <summary>All that the run needs to go on from here, beside the state of the trainer.</summary>
    internal RunState<T> Capture() => _loop.Capture();

    internal void Restore(string? stopReason) => StopReason = stopReason;

    /// <summary>Ends the run after the batch or epoch at hand. The first reason counts.</summary>
    /// <param name="reason">Why, for the history.</param>
    /// <exception cref="ArgumentException">The reason is empty.</exception>
    public void Stop(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        StopReason ??= reason;
    }
}
