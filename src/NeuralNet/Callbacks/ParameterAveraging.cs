using System.Numerics;
using NeuralNet.Kinds;
using NeuralNet.Training;

namespace NeuralNet.Callbacks;

/// <summary>
/// Averages the parameters that a network has in the course of training. The average mostly predicts better than the
/// last parameters, as the noise of single steps cancels out.
/// </summary>
/// <remarks>
/// <para>Training itself goes on as without it, bit for bit. The network has the average where it is looked at: when it
/// is validated, in <see cref="ITrainingCallback{T}.OnEpochEnd"/> of other callbacks, and after the run, however that
/// ended. So an early stopping goes by the average and puts the best average back.</para>
/// <para>A checkpoint holds the parameters that are trained under their names, and the average beside them: a resumed
/// run goes on bit for bit. The average alone is saved by <c>network.Save</c> after the run, or in a callback of your
/// own at the end of an epoch. One instance serves one trainer, and a run has one of them.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class ParameterAveraging<T>
    : ITrainingCallback<T>, IResumableCallback<T>, IShowsParameters<T>, INeedsTrainedParameters
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ParameterAverage<T> _average = new();
    private TrainingContext<T>? _run;

    private protected ParameterAveraging()
    {
    }

    /// <summary>Number of times that the parameters were taken into the average of the last run.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public abstract string Key { get; }

    /// <inheritdoc/>
    public virtual void Check(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Options.Callbacks.OfType<ParameterAveraging<T>>().Count() > 1)
        {
            throw new InvalidOperationException(
                "Two callbacks of this run average the parameters, but the network can have one average where it is "
                + "validated: leave one of them out.");
        }
    }

    /// <inheritdoc/>
    public void OnTrainingStart(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        (_run, Count) = (context, 0);
        _average.Clear();
        Begin(context);
    }

    /// <inheritdoc/>
    public void OnBatchEnd(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        AfterBatch(context);
    }

    /// <inheritdoc/>
    public abstract void WriteSettings(SettingsWriter settings);

    /// <inheritdoc/>
    public CallbackState<T> SaveState()
    {
        var state = new CallbackState<T>();
        state.Numbers["count"] = Count;
        if (_run is { } run)
        {
            _average.SaveTo(state, run.Network);
        }

        SaveTo(state);
        return state;
    }

    /// <inheritdoc/>
    public void RestoreState(TrainingContext<T> context, CallbackState<T> state)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(state);
        int count = state.Count("count");
        if (count > 0 != state.Arrays.Count > 0)
        {
            throw new InvalidDataException(
                $"It has taken parameters into its average {count} times, but holds {state.Arrays.Count} arrays.");
        }

        RestoreFrom(context, state);
        _average.RestoreFrom(state, context.Network);
        Count = count;
    }

    void IShowsParameters<T>.OnEpochTrained(TrainingContext<T> context, bool isComplete) =>
        AfterEpoch(context, isComplete);

    void IShowsParameters<T>.Show(TrainingContext<T> context)
    {
        if (_run is not null && _average.Show(context.Network))
        {
            Shown(context);
        }
    }

    void IShowsParameters<T>.Hide() => _average.Hide();

    void IShowsParameters<T>.Finish(TrainingContext<T> context)
    {
        // Once: a run that fails before this callback hears of its start must not get the average of another.
        try
        {
            ((IShowsParameters<T>)this).Show(context);
        }
        finally
        {
            _average.Clear();
            _run = null;
        }
    }

    /// <summary>Takes the parameters that the network has into the average.</summary>
    /// <param name="context">The run.</param>
    /// <param name="weight">w of ā ← ā + w·(θ − ā); the first time it does not matter.</param>
    private protected void TakeIn(TrainingContext<T> context, double weight)
    {
        _average.Add(context.Network, weight, context.Team);
        Count++;
    }

    /// <summary>Called at the start of a run, before a state is restored.</summary>
    private protected abstract void Begin(TrainingContext<T> context);

    /// <summary>Called after every batch, with a step or without.</summary>
    private protected virtual void AfterBatch(TrainingContext<T> context)
    {
    }

    /// <summary>Called after the last batch of an epoch.</summary>
    private protected abstract void AfterEpoch(TrainingContext<T> context, bool isComplete);

    /// <summary>Called when the network has got the average.</summary>
    private protected virtual void Shown(TrainingContext<T> context)
    {
    }

    /// <summary>Writes what else is to be remembered.</summary>
    private protected virtual void SaveTo(CallbackState<T> state)
    {
    }

    /// <summary>Reads what else was remembered.</summary>
    private protected virtual void RestoreFrom(TrainingContext<T> context, CallbackState<T> state)
    {
    }
}
