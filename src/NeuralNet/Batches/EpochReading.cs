using System.Numerics;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace NeuralNet.Batches;

/// <summary>
/// The reading of one epoch on a thread of its own, which alone starts, reads and ends the epoch of the filler. Full
/// buffers go to the training thread, and come back to be filled again.
/// </summary>
#pragma warning disable CA1001 // The token source has no timer to dispose of, and its token may outlive the reading.
internal sealed class EpochReading<T>
#pragma warning restore CA1001
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // The other end of a channel goes on at once, on the thread that wrote: the pool may have no thread to spare.
    private static readonly UnboundedChannelOptions _options =
        new() { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = true };

    private readonly Channel<BatchBuffer<T>> _free = Channel.CreateUnbounded<BatchBuffer<T>>(_options);
    private readonly Channel<BatchBuffer<T>> _full = Channel.CreateUnbounded<BatchBuffer<T>>(_options);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new();
    private readonly TaskCompletionSource<bool> _hasMore = new();
    private readonly IBatchFiller<T> _filler;
    private readonly int _epoch;
    private readonly int _skip;
    private readonly bool _isLast;
    private EpochReading<T>? _before;
    private BatchBuffer<T>? _lent;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Starts to read an epoch.</summary>
    /// <param name="filler">Reads the batches.</param>
    /// <param name="epoch">The epoch, counted from zero over the life of the trainer.</param>
    /// <param name="skip">Number of batches that have been trained on.</param>
    /// <param name="isLast">Whether to look for a batch beyond the announced ones: no epoch misses it then.</param>
    /// <param name="buffers">Memory for the batches that are read ahead.</param>
    /// <param name="before">The reading of the epoch before, which must end first; null if there is none.</param>
    public EpochReading(
        IBatchFiller<T> filler,
        int epoch,
        int skip,
        bool isLast,
        BatchBuffer<T>[] buffers,
        EpochReading<T>? before)
    {
        (_filler, _epoch, _skip, _isLast, _before) = (filler, epoch, skip, isLast, before);
        Array.ForEach(buffers, buffer => _free.Writer.TryWrite(buffer));
        new Thread(Run) { IsBackground = true, Name = "NeuralNet batches" }.Start();
    }

    /// <summary>The next batch, valid until the next call; null at the end of the epoch.</summary>
    public BatchBuffer<T>? Next(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_lent is not null)
        {
            _free.Writer.TryWrite(_lent);
        }

        _lent = Take(_full.Reader, cancellationToken);
        if (_lent is null)
        {
            _failure?.Throw();
        }

        return _lent;
    }

    /// <summary>
    /// Whether the source has a batch beyond the announced ones, if it says so in time; asked of the last epoch.
    /// </summary>
    public bool HasMore(TimeSpan time) => _isLast && _hasMore.Task.Wait(time) && _hasMore.Task.Result;

    /// <summary>
    /// Waits until a source that was read to its end has been disposed of, and throws what it threw. One that still
    /// looks for a batch beyond the announced ones is not waited for.
    /// </summary>
    public void Complete(TimeSpan time)
    {
        if ((!_isLast || _hasMore.Task.IsCompleted) && Wait(time))
        {
            _failure?.Throw();
        }
    }

    /// <summary>Tells the source and its thread that no further batch is wanted.</summary>
    public void Stop()
    {
        _free.Writer.TryComplete();

        // On a thread of its own: what the source does when it hears of it may take long, and the pool may be busy.
        new Thread(Cancel) { IsBackground = true, Name = "NeuralNet end of batches" }.Start();
    }

    /// <summary>Waits until the thread has let go of the source.</summary>
    /// <returns>True if it has; false if the time is over.</returns>
    public bool Wait(TimeSpan time) => _ended.Task.Wait(time);

    private void Cancel()
    {
        try
        {
            _stop.Cancel();
        }
        catch (AggregateException)
        {
            // What a source throws when it hears that it is not wanted any more is no failure of the training.
        }
    }

    private void Run()
    {
        try
        {
            // Two readings of one source at a time would disturb each other.
            _before?._ended.Task.Wait();
            _before?._failure?.Throw();
            _before = null;
            if (!_stop.IsCancellationRequested)
            {
                Read();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // Whatever goes wrong here is thrown again on the training thread, if it still listens.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }

        // Last of all, and after the source was disposed of: who hears of the end hears of all that went wrong.
        _hasMore.TrySetResult(false);
        _full.Writer.TryComplete();
        _ended.SetResult();
    }

    private void Read()
    {
        try
        {
            _filler.StartEpoch(_epoch, _skip);
            while (Take(_free.Reader, CancellationToken.None) is { } buffer && _filler.Fill(buffer, _stop.Token))
            {
                _full.Writer.TryWrite(buffer);
            }

            _hasMore.TrySetResult(_isLast && !_stop.IsCancellationRequested && _filler.HasMore());
        }
        catch
        {
            EndAfterFailure();
            throw;
        }

        _filler.EndEpoch();
    }

    private void EndAfterFailure()
    {
        try
        {
            _filler.EndEpoch();
        }
#pragma warning disable CA1031 // It follows from the first failure, or matters less: that one is thrown.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>Takes a buffer when there is one; null if there will be none.</summary>
    private static BatchBuffer<T>? Take(ChannelReader<BatchBuffer<T>> channel, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (channel.TryRead(out BatchBuffer<T>? buffer))
            {
                return buffer;
            }

            // To wait for a task, and not for a lock, tells the pool that this thread of it may be missing.
            if (!channel.WaitToReadAsync(cancellationToken).AsTask().GetAwaiter().GetResult())
            {
                return null;
            }
        }
    }
}
