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
    public void Check(TrainingContext<T> context) =>
        Tell(context, 0, static (callback, context, _) => callback.Check(context));

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
        Tell(context, news: 0, static (callback, context, _) => callback.OnTrainingStart(context));
    }

    /// <inheritdoc/>
    public void OnEpochStart(TrainingContext<T> context)
    {
        enclosing.OnEpochStart(context);
        Tell(context, news: 0, static (callback, context, _) => callback.OnEpochStart(context));
    }

    /// <inheritdoc/>
    public void OnBatchStart(TrainingContext<T> context)
    {
        enclosing.OnBatchStart(context);
        Tell(context, news: 0, static (callback, context, _) => callback.OnBatchStart(context));
    }

    /// <inheritdoc/>
    public void OnBatchEnd(TrainingContext<T> context)
    {
        Tell(context, news: 0, static (callback, context, _) => callback.OnBatchEnd(context));
        enclosing.OnBatchEnd(context);
    }

    /// <inheritdoc/>
    public void OnWarning(TrainingContext<T> context, TrainingWarning warning)
    {
        enclosing.OnWarning(context, warning);
        Tell(context, warning, static (callback, context, warning) => callback.OnWarning(context, warning));
    }

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
        Tell(context, result, static (callback, context, result) => callback.OnEpochEnd(context, result));
        enclosing.OnEpochEnd(context, result);
    }

    /// <inheritdoc/>
    public void OnTrainingEnd(TrainingContext<T> context)
    {
        Tell(context, news: 0, static (callback, context, _) => callback.OnTrainingEnd(context));
        enclosing.OnTrainingEnd(context);
    }

    /// <summary>
    /// Tells every callback that the run failed, whatever the others do: what they throw is lost, for the exception
    /// that ended the run reaches the caller.
    /// </summary>
    public void OnTrainingFailed(TrainingContext<T> context, Exception exception)
    {
        Tell(
            context,
            exception,
            static (callback, context, exception) =>
            {
                try
                {
                    callback.OnTrainingFailed(context, exception);
                }
#pragma warning disable CA1031 // The run has failed already, for a reason that its caller must hear of.
                catch (Exception)
#pragma warning restore CA1031
                {
                }
            });
        enclosing.OnTrainingFailed(context, exception);
    }

    /// <summary>The callbacks that remember something, in order.</summary>
    public IEnumerable<IResumableCallback<T>> Resumable => _callbacks.OfType<IResumableCallback<T>>();

    /// <summary>The keys and states of the callbacks that remember something, in order.</summary>
    public KeyValuePair<string, CallbackState<T>>[] SaveStates() =>
        [.. Resumable.Select(callback => KeyValuePair.Create(callback.Key, callback.SaveState()))];

    /// <summary>Calls a method of every callback in order, and notes which one is called.</summary>
    private void Tell<TNews>(
        TrainingContext<T> context, TNews news, Action<ITrainingCallback<T>, TrainingContext<T>, TNews> call)
    {
        // A warning is told while another callback is called.
        ITrainingCallback<T>? caller = context.Caller;
        foreach (ITrainingCallback<T> callback in _callbacks)
        {
            context.Caller = callback;
            call(callback, context, news);
        }

        context.Caller = caller;
    }
}
