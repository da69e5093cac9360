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
    private readonly IShowsParameters<T>? _shown = callbacks.OfType<IShowsParameters<T>>().FirstOrDefault();

    /// <summary>
    /// The callbacks of a run in their order: telemetry around all others, the check of the first epoch, those of the
    /// options in their order, and progress. Of several workers, all but the first have those only that run on every
    /// worker.
    /// </summary>
    public static CallbackList<T> For(TrainingStepper<T> stepper, FitOptions<T> options)
    {
        List<ITrainingCallback<T>> callbacks = [.. InOrder(options.Callbacks)];
        if (options.CheckFirstEpoch)
        {
            callbacks.Insert(0, new FirstEpochCallback<T>(stepper));
        }

        if (options.Progress is { } progress)
        {
            callbacks.Add(new ProgressCallback<T>(progress, options.ProgressInterval));
        }

        if (stepper.Workers.Rank > 0)
        {
            // What remembers is in the checkpoint, which all continue from.
            callbacks.RemoveAll(callback => !callback.RunsOnEveryWorker && callback is not IResumableCallback<T>);
        }

        return new(new TelemetryCallback<T>(), callbacks);
    }

    /// <summary>
    /// The callbacks of the options as they are told: those that may change something, those that only watch, and
    /// those that save what the others remember.
    /// </summary>
    public static IEnumerable<ITrainingCallback<T>> InOrder(IEnumerable<ITrainingCallback<T>> callbacks) =>
        callbacks.OrderBy(callback => callback is IRunsLast ? 2 : callback is IRunObserver ? 1 : 0);

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

    /// <summary>
    /// After the last batch of an epoch: an average takes the parameters in. Called before <see cref="OnEpochEnd"/>.
    /// </summary>
    public void OnEpochTrained(TrainingContext<T> context, bool isComplete) =>
        _shown?.OnEpochTrained(context, isComplete);

    /// <summary>Gives the network the parameters that are validated, until the epoch's end was told.</summary>
    public void Show(TrainingContext<T> context) => _shown?.Show(context);

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
        Tell(
            context,
            (result, _shown),
            static (callback, context, news) =>
            {
                if (callback is INeedsTrainedParameters)
                {
                    news._shown?.Hide();
                }
                else
                {
                    news._shown?.Show(context);
                }

                callback.OnEpochEnd(context, news.result);
            });
        _shown?.Hide();
        enclosing.OnEpochEnd(context, result);
    }

    /// <inheritdoc/>
    public void OnTrainingEnd(TrainingContext<T> context)
    {
        // First: a callback that puts the best parameters back, which were shown ones, has the last word.
        _shown?.Finish(context);
        Tell(context, news: 0, static (callback, context, _) => callback.OnTrainingEnd(context));
        enclosing.OnTrainingEnd(context);
    }

    /// <summary>
    /// Tells every callback that the run failed, whatever the others do: what they throw is lost, for the exception
    /// that ended the run reaches the caller.
    /// </summary>
    public void OnTrainingFailed(TrainingContext<T> context, Exception exception)
    {
        Try(() => _shown?.Finish(context));
        Tell(
            context,
            exception,
            static (callback, context, exception) => Try(() => callback.OnTrainingFailed(context, exception)));
        enclosing.OnTrainingFailed(context, exception);
    }

    /// <summary>The callbacks that remember something, in order.</summary>
    public IEnumerable<IResumableCallback<T>> Resumable => _callbacks.OfType<IResumableCallback<T>>();

    /// <summary>The keys and states of the callbacks that remember something, in order.</summary>
    public KeyValuePair<string, CallbackState<T>>[] SaveStates() =>
        [.. Resumable.Select(callback => KeyValuePair.Create(callback.Key, callback.SaveState()))];

    private static void Try(Action action)
    {
        try
        {
            action();
        }
#pragma warning disable CA1031 // The run has failed already, for a reason that its caller must hear of.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

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
