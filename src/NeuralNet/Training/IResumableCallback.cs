using System.Numerics;
using NeuralNet.Kinds;

namespace NeuralNet.Training;

/// <summary>
/// A callback that remembers something from epoch to epoch, which a checkpoint must hold for a run to be resumed.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public interface IResumableCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// The name of the callback in a checkpoint; of two with the same key, the first takes the first state.
    /// </summary>
    string Key { get; }

    /// <summary>
    /// Writes every setting that decides what the callback does: a run is resumed only with the same ones.
    /// </summary>
    /// <param name="settings">Where to; for a callback without settings there is nothing to write.</param>
    void WriteSettings(SettingsWriter settings);

    /// <summary>Gives what the callback remembers.</summary>
    /// <returns>A state that <see cref="RestoreState"/> understands.</returns>
    CallbackState<T> SaveState();

    /// <summary>Goes back to what the callback remembered.</summary>
    /// <param name="state">What <see cref="SaveState"/> gave.</param>
    void RestoreState(CallbackState<T> state);
}
