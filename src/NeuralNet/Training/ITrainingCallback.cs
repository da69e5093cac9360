using System.Numerics;
using NeuralNet.Diagnostics;

namespace NeuralNet.Training;

/// <summary>
/// A participant in a training run: its methods are called while the run proceeds. Each does nothing unless it is
/// implemented. All are called on the training thread, between steps, so the network may be read, saved and evaluated
/// there: to predict with it, and to call <see cref="TrainingContext{T}.Evaluate"/> or the trainer's Evaluate, changes
/// no bit of the run. A step or a run of the same network, by this trainer or another, is refused until the run has
/// ended. An exception ends the run and reaches the caller of Fit.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public interface ITrainingCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// Whether the callback is called on every worker where several processes train together, or, as one that writes
    /// files or shows progress, only on worker 0. False unless the callback is one that remembers
    /// (<see cref="IResumableCallback{T}"/>). One that changes parameters must be called on every worker; of stops and
    /// of <see cref="TrainingContext{T}.LearningRateFactor"/> those of worker 0 hold for all.
    /// </summary>
    bool RunsOnEveryWorker => this is IResumableCallback<T>;

    /// <summary>
    /// Checks whether the run is possible, and throws if not. Called before <see cref="OnTrainingStart"/> of all
    /// callbacks: a run that is refused here has changed nothing, neither files nor the trainer, and an interrupted run
    /// waits to be continued as before.
    /// </summary>
    /// <param name="context">The run.</param>
    void Check(TrainingContext<T> context)
    {
    }

    /// <summary>Before the first batch of a run, or of the rest of a resumed one.</summary>
    /// <param name="context">The run.</param>
    void OnTrainingStart(TrainingContext<T> context)
    {
    }

    /// <summary>Before the first batch of an epoch.</summary>
    /// <param name="context">The run.</param>
    void OnEpochStart(TrainingContext<T> context)
    {
    }

    /// <summary>Before a batch is trained on.</summary>
    /// <param name="context">The run.</param>
    void OnBatchStart(TrainingContext<T> context)
    {
    }

    /// <summary>After a batch was trained on.</summary>
    /// <param name="context">The run.</param>
    void OnBatchEnd(TrainingContext<T> context)
    {
    }

    /// <summary>When a warning was given, mostly in the first epoch, about what keeps networks from learning.</summary>
    /// <param name="context">The run.</param>
    /// <param name="warning">The warning: what was found, and what helps.</param>
    void OnWarning(TrainingContext<T> context, TrainingWarning warning)
    {
    }

    /// <summary>After the last batch of an epoch and its validation, or after the batch that ended the run.</summary>
    /// <param name="context">The run.</param>
    /// <param name="result">The result of the epoch.</param>
    void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
    }

    /// <summary>After the last epoch, however the run ended, unless by an exception.</summary>
    /// <param name="context">The run.</param>
    void OnTrainingEnd(TrainingContext<T> context)
    {
    }

    /// <summary>
    /// When an exception ended the run, such as divergence or one thrown by another callback.
    /// <see cref="OnTrainingEnd"/> is not called then, except if it threw the exception. The exception reaches the
    /// caller of Fit in any case, and one that is thrown here does not.
    /// </summary>
    /// <param name="context">The run.</param>
    /// <param name="exception">The exception.</param>
    void OnTrainingFailed(TrainingContext<T> context, Exception exception)
    {
    }
}
