using System.Numerics;
using NeuralNet.Guards;

namespace NeuralNet.Training;

/// <summary>The states of the callbacks of an interrupted run, and the callbacks here that take them.</summary>
internal sealed class InterruptedCallbacks<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RunState<T> _run;
    private readonly IResumableCallback<T>[] _callbacks;
    private readonly int[] _places;

    /// <summary>
    /// Finds for each state the first callback of its key that has none. A callback without a state begins with the
    /// resumed run, as at the start of a run.
    /// </summary>
    public InterruptedCallbacks(RunState<T> run, IEnumerable<IResumableCallback<T>> callbacks)
    {
        _run = run;
        _callbacks = [.. callbacks];
        var free = new Dictionary<string, Queue<int>>(StringComparer.Ordinal);
        for (int i = 0; i < _callbacks.Length; i++)
        {
            if (!free.TryGetValue(_callbacks[i].Key, out Queue<int>? places))
            {
                free[_callbacks[i].Key] = places = new();
            }

            places.Enqueue(i);
        }

        _places =
        [
            .. run.Callbacks.Select(
                state => free.TryGetValue(state.Key, out Queue<int>? places) && places.TryDequeue(out int place)
                    ? place
                    : -1),
        ];
    }

    /// <summary>The place of the callback of each state among those here; -1 where there is none.</summary>
    public IReadOnlyList<int> Places => _places;

    /// <summary>Restores the states.</summary>
    /// <exception cref="InvalidDataException">A state is not one of its callback.</exception>
    public void Restore(TrainingContext<T> context)
    {
        for (int i = 0; i < _places.Length; i++)
        {
            (string key, CallbackState<T> state) = _run.Callbacks[i];
            try
            {
                _callbacks[_places[i]].RestoreState(context, state);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                throw new InvalidDataException(
                    $"'{_run.Source}' is damaged: the state of callback {i + 1}, {MessageText.Shortened(key)}, cannot "
                    + $"be restored: {MessageText.Reason(exception)}.",
                    MessageText.Cause(exception));
            }
        }
    }
}
