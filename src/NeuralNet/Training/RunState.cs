using System.Numerics;

namespace NeuralNet.Training;

/// <summary>
/// The state from which a run continues as if never interrupted, besides that of the training.
/// </summary>
/// <param name="Settings">The settings it was begun with, by name: those it goes on with must be the same.</param>
/// <param name="Position">The position of the run.</param>
/// <param name="StopReason">The reason why a callback stopped it; null if none did.</param>
/// <param name="Callbacks">The states of its callbacks, in order.</param>
internal sealed record RunState<T>(
    IReadOnlyDictionary<string, string> Settings,
    RunPosition Position,
    string? StopReason,
    IReadOnlyList<KeyValuePair<string, CallbackState<T>>> Callbacks)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The name of the checkpoint in messages.</summary>
    public string Source { get; init; } = "";

    /// <summary>
    /// Whether all settings are known. Checkpoints of the first format hold none of the callbacks', and of an
    /// augmentation its type only.
    /// </summary>
    public bool HasAllSettings { get; init; } = true;

    /// <summary>The name of the callback that stopped it; null if none did.</summary>
    public string? StoppedBy { get; init; }
}
