using System.Numerics;

namespace NeuralNet.Training;

/// <summary>A callback that holds something for as long as a run takes, such as a lock.</summary>
internal interface IHoldsRun<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// Takes it, after all checks and before <see cref="ITrainingCallback{T}.OnTrainingStart"/> of all callbacks.
    /// </summary>
    /// <param name="context">The run.</param>
    /// <returns>What is disposed when the run has ended, however it ended; null if there is nothing to hold.</returns>
    IDisposable? Hold(TrainingContext<T> context);
}
