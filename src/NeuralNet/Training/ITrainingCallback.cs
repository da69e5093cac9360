using System.Numerics;
using NeuralNet.Diagnostics;

namespace NeuralNet.Training;

/// <summary>
/// Something that is told of a training run while it goes on. Every method does nothing unless it is written; all are
/// called on the training thread, between steps, so the network may be read, saved and evaluated there. An exception
/// ends the run and reaches the caller of Fit.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public interface ITrainingCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
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

    /// <summary>When something was found in the first epoch that keeps networks from learning.</summary>
    /// <param name="context">The run.</param>
    /// <param name="warning">What it is, and what helps.</param>
    void OnWarning(TrainingContext<T> context, TrainingWarning warning)
    {
    }

    /// <summary>After the last batch of an epoch and the validation, or after the batch in which the run was ended.</summary>
    /// <param name="context">The run.</param>
    /// <param name="result">What the epoch gave.</param>
    void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
    }

    /// <summary>After the last epoch, however the run ended, unless by an exception.</summary>
    /// <param name="context">The run.</param>
    void OnTrainingEnd(TrainingContext<T> context)
    {
    }
}
