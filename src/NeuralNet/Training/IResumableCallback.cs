using System.Numerics;
using NeuralNet.Kinds;

namespace NeuralNet.Training;

/// <summary>
/// A callback with state from epoch to epoch, which checkpoints contain so that a run can be resumed.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public interface IResumableCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// The callback's name in checkpoints, by which a resumed run finds its state, in whatever order the callbacks are.
    /// Of two with the same key, the first takes the first state.
    /// </summary>
    string Key { get; }

    /// <summary>
    /// Writes every setting that decides what the callback does: a run is resumed only with the same ones.
    /// </summary>
    /// <param name="settings">The place to write them to; a callback without settings writes nothing.</param>
    void WriteSettings(SettingsWriter settings);

    /// <summary>Returns the callback's state.</summary>
    /// <returns>A state that <see cref="RestoreState"/> understands.</returns>
    CallbackState<T> SaveState();

    /// <summary>
    /// Restores the callback's state. A resumed run calls it twice: before anything is changed, to see whether that is
    /// possible, and after <see cref="ITrainingCallback{T}.OnTrainingStart"/>.
    /// </summary>
    /// <param name="context">The run that is resumed.</param>
    /// <param name="state">
    /// A state that <see cref="SaveState"/> returned, unless the file was tampered with. It is not to be changed:
    /// arrays are copied.
    /// </param>
    /// <exception cref="InvalidDataException">The state is not one of this callback and network.</exception>
    void RestoreState(TrainingContext<T> context, CallbackState<T> state);
}
