using System.Numerics;
using NeuralNet.Diagnostics;

namespace NeuralNet.Training;

/// <summary>
/// All callbacks of a run: the only place that calls them. Each is called in order, but for the first, which encloses
/// the others: it is called first when something starts and last when something ends.
/// </summary>
internal sealed class CallbackList<T>(ITrainingCallback<T> enclosing, IReadOnlyList<ITrainingCallback<T>> callbacks)
    : ITrainingCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ITrainingCallback<T>[] _callbacks = [.. callbacks];

    /// <summary>
    /// The callbacks of a run in their order: telemetry around all others, the check of the first epoch, those of the
    /// options, those of the options that save what the others remember, and progress.
    /// </summary>
    public static CallbackList<T> For(TrainingStepper<T> stepper, FitOptions<T> options)
    {
        List<ITrainingCallback<T>> callbacks = [.. options.Callbacks.OrderBy(callback => callback is IRunsLast)];
        if (options.CheckFirstEpoch)
        {
            callbacks.Insert(0, new FirstEpochCallback<T>(stepper));
        }

        if (options.Progress is { } progress)
        {
            callbacks.Add(new ProgressCallback<T>(progress, options.ProgressInterval));
        }

        return new(new TelemetryCallback<T>(), callbacks);
    }

    /// <inheritdoc/>
    public void Check(TrainingContext<T> context)
    {
        foreach (ITrainingCallback<T> callback in _callbacks)
        {
            callback.Check(context);
        }
    }

    /// <summary>Takes what callbacks hold for as long as a run takes.</summary>
    /// <returns>What gives it back.</returns>
    public IDisposable Hold(TrainingContext<T> context)
    {
        var held = new HeldResources();
        try
        {
            foreach (IHoldsRun<T> callback in _callbacks.OfType<IHoldsRun<T>>())
            {
                held.Add(callback.Hold(context));
            }

            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void OnTrainingStart(TrainingContext<T> context)
    {
        enclosing.OnTrainingStart(context);
        foreach (ITrainingCallback<T> callback in _callbacks)
        {
            callback.OnTrainingStart(context);
        }
    }

    /// <inheritdoc/>
    public void OnEpochStart(TrainingContext<T> context)
    {
        enclosing.OnEpochStart(context);
        foreach (ITrainingCallback<T> callback in _callbacks)
        {
            callback.OnEpochStart(context);
        }
    }

    /// <inheritdoc/>
    public void OnBatchStart(TrainingContext<T> context)
    {
        enclosing.OnBatchStart(context);
        foreach (ITrainingCallback<T> callback in _callbacks)
        {
            callback.OnBatchStart(context);
        }
    }

    /// <inheritdoc/>
    public void OnBatchEnd(TrainingContext<T> context)
    {
        foreach (ITrainingCallback<T> callback in _callbacks)
        {
            callback.OnBatchEnd(context);
        }

        enclosing.OnBatchEnd(context);
    }

    /// <inheritdoc/>
    public void OnWarning(TrainingContext<T> context, TrainingWarning warning)
    {
        enclosing.OnWarning(context, warning);
        foreach (ITrainingCallback<T> callback in _callbacks)
        {
            callback.OnWarning(context, warning);
        }
    }

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
        foreach (ITrainingCallback<T> callback in _callbacks)
        {
            callback.OnEpochEnd(context, result);
        }

        enclosing.OnEpochEnd(context, result);
    }

    /// <inheritdoc/>
    public void OnTrainingEnd(TrainingContext<T> context)
    {
        foreach (ITrainingCallback<T> callback in _callbacks)
        {
            callback.OnTrainingEnd(context);
        }

        enclosing.OnTrainingEnd(context);
    }

    /// <inheritdoc/>
    public void OnTrainingFailed(TrainingContext<T> context, Exception exception)
    {
        try
        {
            foreach (ITrainingCallback<T> callback in _callbacks)
            {
                callback.OnTrainingFailed(context, exception);
            }
        }
        finally
        {
            enclosing.OnTrainingFailed(context, exception);
        }
    }

    /// <summary>The callbacks that remember something, in order.</summary>
    public IEnumerable<IResumableCallback<T>> Resumable => _callbacks.OfType<IResumableCallback<T>>();

    /// <summary>The keys and states of the callbacks that remember something, in order.</summary>
    public KeyValuePair<string, CallbackState<T>>[] SaveStates() =>
        [.. Resumable.Select(callback => KeyValuePair.Create(callback.Key, callback.SaveState()))];
}
