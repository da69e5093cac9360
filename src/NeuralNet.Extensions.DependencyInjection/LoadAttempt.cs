namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>
/// A load of a model on a thread of its own, so that whoever asked for it can go on when it never ends.
/// </summary>
internal sealed class LoadAttempt<TModel>
    where TModel : class
{
    private volatile FileStamp? _stamp;
    private volatile bool _hasEnded;

    /// <summary>The file that was opened; null before, and if none can be.</summary>
    public FileStamp? Stamp
    {
        get => _stamp;
        set => _stamp = value;
    }

    /// <summary>The model, once the attempt has ended well.</summary>
    public TModel? Model { get; private set; }

    /// <summary>The exception, once the attempt has ended otherwise.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Whether the thread is done.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>Begins to load, and waits until that has ended.</summary>
    /// <param name="load">Loads the model; it may set the stamp.</param>
    /// <param name="timeout">The longest time to wait.</param>
    /// <param name="end">Ends the waiting.</param>
    /// <returns>Whether it has ended in time.</returns>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public bool Run(Func<LoadAttempt<TModel>, TModel> load, TimeSpan timeout, CancellationToken end)
    {
        Task task = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    Model = load(this);
                }
                catch (Exception exception)
                {
                    // Whatever it was, of the file or of the code that looked at it.
                    Error = exception;
                }
                finally
                {
                    _hasEnded = true;
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        return task.Wait((int)Math.Ceiling(timeout.TotalMilliseconds), end);
    }
}
