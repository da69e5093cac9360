using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.ExceptionServices;

namespace NeuralNet.Batches;

/// <summary>
/// Reads batches on a thread of its own, a few ahead of the one that is trained on. What is read does not depend on
/// when it is, so neither does the result.
/// </summary>
internal sealed class ReadAhead<T> : IBatchReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Buffers = 3;

    private readonly IBatchFiller<T> _filler;
    private readonly Func<BatchBuffer<T>> _makeBuffer;
    private Reading? _reading;

    public ReadAhead(IBatchFiller<T> filler, Func<BatchBuffer<T>> makeBuffer)
    {
        _filler = filler;
        _makeBuffer = makeBuffer;
    }

    public int? BatchesPerEpoch => _filler.BatchesPerEpoch;

    public int? SamplesPerEpoch => _filler.SamplesPerEpoch;

    public void StartEpoch(int epoch, int skip)
    {
        _reading?.Dispose();
        _filler.StartEpoch(epoch, skip);
        _reading = new(_filler, _makeBuffer);
    }

    public BatchBuffer<T>? Read(CancellationToken cancellationToken) => _reading!.Next(cancellationToken);

    /// <inheritdoc/>
    public bool HasMore(TimeSpan patience) => _reading!.HasMore(patience);

    /// <inheritdoc/>
    public void Dispose() => _reading?.Dispose();

    /// <summary>The reading of one epoch.</summary>
    private sealed class Reading : IDisposable
    {
        private readonly BlockingCollection<BatchBuffer<T>> _free = [];
        private readonly BlockingCollection<BatchBuffer<T>> _full = [];
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _task;
        private BatchBuffer<T>? _lent;
        private ExceptionDispatchInfo? _failure;

        public Reading(IBatchFiller<T> filler, Func<BatchBuffer<T>> makeBuffer)
        {
            for (int i = 0; i < Buffers; i++)
            {
                _free.Add(makeBuffer());
            }

            _task = Task.Factory.StartNew(
                () => Run(filler), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        public bool HasMore(TimeSpan patience)
        {
            GiveBack();
            return _full.TryTake(out _, patience);
        }

        public BatchBuffer<T>? Next(CancellationToken cancellationToken)
        {
            GiveBack();
            if (!_full.TryTake(out _lent, Timeout.Infinite, cancellationToken))
            {
                _failure?.Throw();
            }

            return _lent;
        }

        /// <summary>Ends the reading, and waits for that unless the source does not listen.</summary>
        public void Dispose()
        {
            _stop.Cancel();
            if (_task.Wait(TimeSpan.FromSeconds(1)))
            {
                _stop.Dispose();
                _free.Dispose();
                _full.Dispose();
            }
        }

        private void GiveBack()
        {
            if (_lent is not null)
            {
                _free.Add(_lent, CancellationToken.None);
                _lent = null;
            }
        }

        private void Run(IBatchFiller<T> filler)
        {
            try
            {
                while (true)
                {
                    BatchBuffer<T> buffer = _free.Take(_stop.Token);
                    if (!filler.Fill(buffer, _stop.Token))
                    {
                        break;
                    }

                    _full.Add(buffer, CancellationToken.None);
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
            }
#pragma warning disable CA1031 // Whatever goes wrong here is thrown again on the training thread.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _failure = ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                if (_stop.IsCancellationRequested)
                {
                    Discard(filler);
                }

                _full.CompleteAdding();
            }
        }

        private static void Discard(IBatchFiller<T> filler)
        {
            try
            {
                filler.Dispose();
            }
#pragma warning disable CA1031 // Training has ended; nobody is left to hear of it.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }
}
