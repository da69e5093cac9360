using System.Numerics;

namespace NeuralNet.Training;

/// <summary>
/// What a run must have to go on as if it had never been interrupted, beside the state of its trainer.
/// </summary>
/// <param name="Settings">The settings it was begun with, by name: those it goes on with must be the same.</param>
/// <param name="Position">Where it is.</param>
/// <param name="StopReason">Why a callback ended it; null if none did.</param>
/// <param name="Callbacks">What its callbacks remember, in order.</param>
internal sealed record RunState<T>(
    IReadOnlyDictionary<string, string> Settings,
    RunPosition Position,
    string? StopReason,
    IReadOnlyList<KeyValuePair<string, CallbackState<T>>> Callbacks)
    where T : unmanaged, IFloatingPointIeee754<T>;
