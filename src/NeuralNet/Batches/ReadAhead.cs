using System.Numerics;

namespace NeuralNet.Batches;

/// <summary>
/// Reads batches on a thread of its own, a few ahead of the one that is trained on. What is read does not depend on
/// when it is, so neither does the result.
/// </summary>
internal sealed class ReadAhead<T> : IBatchReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Buffers = 3;

    /// <summary>The time that the end of a run waits for a source that does not listen to its token.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    private readonly IBatchFiller<T> _filler;
    private readonly Func<BatchBuffer<T>> _makeBuffer;
    private EpochReading<T>? _reading;
    private bool _isComplete;

    public ReadAhead(IBatchFiller<T> filler, Func<BatchBuffer<T>> makeBuffer)
    {
        _filler = filler;
        _makeBuffer = makeBuffer;
    }

    public int? BatchesPerEpoch => _filler.BatchesPerEpoch;

    public int? SamplesPerEpoch => _filler.SamplesPerEpoch;

    public void StartEpoch(int epoch, int skip, bool isLast)
    {
        BatchBuffer<T>[] buffers = [.. Enumerable.Range(0, Buffers).Select(_ => _makeBuffer())];
        _reading = new(_filler, epoch, skip, isLast, buffers, before: _reading);
    }

    public BatchBuffer<T>? Read(CancellationToken cancellationToken) => _reading!.Next(cancellationToken);

    /// <inheritdoc/>
    public bool HasMore(TimeSpan patience) => _reading?.HasMore(patience) ?? false;

    /// <inheritdoc/>
    public void Complete()
    {
        if (!_isComplete)
        {
            _isComplete = true;
            _reading?.Complete(_patience);
        }
    }

    /// <summary>
    /// Ends the reading and waits for that, but not long: the thread of a source that does not listen ends by itself,
    /// when the source gives the batch that it was asked for.
    /// </summary>
    public void Dispose()
    {
        _reading?.Stop();
        if (!_isComplete)
        {
            _reading?.Wait(_patience);
        }
    }
}
