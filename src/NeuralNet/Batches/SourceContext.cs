namespace NeuralNet.Batches;

/// <summary>
/// Lets a thread wait for asynchronous code and, while it waits, run what that code does after its awaits. So a source
/// gets on where all threads of the pool are busy, such as with trainings that wait for their sources.
/// </summary>
/// <remarks>
/// What is posted goes to the pool as well, and is run by whoever comes first. So code of a source that blocks this
/// thread until something is done that awaits does not wait for ever.
/// </remarks>
internal sealed class SourceContext : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();

    /// <summary>Begins an asynchronous call and waits for its result.</summary>
    public TResult Wait<TResult>(Func<ValueTask<TResult>> call)
    {
        SynchronizationContext? before = Current;
        SetSynchronizationContext(this);
        try
        {
            ValueTask<TResult> called = call();
            if (called.IsCompleted)
            {
                return called.GetAwaiter().GetResult();
            }

            Task<TResult> task = called.AsTask();
            task.ContinueWith(
                _ => Wake(),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            while (RunNext(waitFor: task))
            {
            }

            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_posted)
        {
            _posted.Enqueue((d, state));
            Monitor.Pulse(_posted);
        }

        ThreadPool.UnsafeQueueUserWorkItem(static context => context.RunOnPool(), this, preferLocal: false);
    }

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    private void RunOnPool()
    {
        SynchronizationContext? before = Current;
        SetSynchronizationContext(this);
        try
        {
            RunNext(waitFor: null);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>
    /// Runs what was posted first; false if there is nothing, after waiting until a task is done if one is given.
    /// </summary>
    private bool RunNext(Task? waitFor)
    {
        (SendOrPostCallback Callback, object? State) next;
        lock (_posted)
        {
            while (!_posted.TryDequeue(out next))
            {
                if (waitFor is null || waitFor.IsCompleted)
                {
                    return false;
                }

                Monitor.Wait(_posted);
            }
        }

        next.Callback(next.State);
        return true;
    }

    private void Wake()
    {
        lock (_posted)
        {
            Monitor.Pulse(_posted);
        }
    }
}
