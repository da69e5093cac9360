using System.Numerics;

namespace NeuralNet.Training;

/// <summary>
/// A callback that remembers something from epoch to epoch, which a checkpoint must hold for a run to be resumed.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public interface IResumableCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What it is called in a checkpoint; of two with the same key, the first takes the first state.</summary>
    string Key { get; }

    /// <summary>What it remembers.</summary>
    /// <returns>A state that <see cref="RestoreState"/> understands.</returns>
    CallbackState<T> SaveState();

    /// <summary>Goes back to what it remembered.</summary>
    /// <param name="state">What <see cref="SaveState"/> gave.</param>
    void RestoreState(CallbackState<T> state);
}
