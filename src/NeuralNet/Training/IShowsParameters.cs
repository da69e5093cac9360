using System.Numerics;

namespace NeuralNet.Training;

/// <summary>
/// A callback with parameters of its own, such as an average, which the network has wherever it is looked at: in
/// validation, in the callbacks at the end of an epoch, and after the run. Training goes on with those it led to.
/// </summary>
internal interface IShowsParameters<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Called after the last batch of an epoch, before its validation.</summary>
    /// <param name="context">The run.</param>
    /// <param name="isComplete">Whether the epoch had all its batches.</param>
    void OnEpochTrained(TrainingContext<T> context, bool isComplete);

    /// <summary>Gives the network its own parameters, unless it has them or there are none.</summary>
    /// <param name="context">The run.</param>
    void Show(TrainingContext<T> context);

    /// <summary>Gives the network back the parameters that are trained.</summary>
    void Hide();

    /// <summary>Leaves the network with its own parameters at the end of the run, however it ended.</summary>
    /// <param name="context">The run.</param>
    void Finish(TrainingContext<T> context);
}
