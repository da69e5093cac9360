using System.Numerics;
using NeuralNet.Distributed;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Batches;

/// <summary>
/// Copies the batches of a stream, one after the other. It waits for them, so it belongs on a thread of its own.
/// </summary>
internal sealed class StreamFiller<T>(
    IBatchSource<T> source, Network<T> network, Shards shards, BatchPreparation<T> preparation)
    : IBatchFiller<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SourceContext _context = new();
    private IAsyncEnumerator<Batch<T>>? _batches;
    private int _epoch;
    private int _index;
    private int _skip;

    public int? BatchesPerEpoch { get; } = source.BatchesPerEpoch;

    public int? SamplesPerEpoch => null;

    public void StartEpoch(int epoch, int skip)
    {
        _epoch = epoch;
        _index = 0;
        _skip = skip;
    }

    public bool Fill(BatchBuffer<T> buffer, CancellationToken cancellationToken)
    {
        for (; _index < _skip; _index++)
        {
            if (!MoveNext(cancellationToken))
            {
                throw new InvalidOperationException(
                    $"Epoch {_epoch + 1} was interrupted after {Quantity.Of(_skip, "batch", "batches")}, but the "
                    + $"source gives only {_index} now. To be resumed, a source must give the same batches again.");
            }
        }

        if (!MoveNext(cancellationToken))
        {
            return false;
        }

        Copy(_batches!.Current, buffer);
        preparation.Apply(buffer, _epoch, _index);
        _index++;
        return true;
    }

    public bool HasMore() => _index == BatchesPerEpoch && _context.Wait(() => _batches!.MoveNextAsync());

    public void EndEpoch()
    {
        if (_batches is { } batches)
        {
            _batches = null;
            _context.Wait(async () =>
            {
                await batches.DisposeAsync().ConfigureAwait(true);
                return true;
            });
        }
    }

    /// <summary>
    /// Moves to the next batch; false if there is none, or all were read that the source has announced: it is not asked
    /// for more, for the next one may take long, or belong to the next epoch.
    /// </summary>
    private bool MoveNext(CancellationToken cancellationToken)
    {
        if (_index == BatchesPerEpoch)
        {
            return false;
        }

        return _context.Wait(() =>
        {
            _batches ??= Batches(cancellationToken).GetAsyncEnumerator(cancellationToken);
            return _batches.MoveNextAsync();
        });
    }

    private string Advice(Batch<T> batch) =>
        SampleLayout.Advice(network.InputSize, batch.Inputs.RowCount, batch.Count) is { Length: > 0 } advice
            ? advice
            : SampleLayout.Advice(network.OutputSize, batch.Targets.RowCount, batch.Count);

    private IAsyncEnumerable<Batch<T>> Batches(CancellationToken cancellationToken) =>
        source.ReadAsync(_epoch + 1, new BatchShare(shards), cancellationToken)
        ?? throw new InvalidOperationException($"The source gave null for epoch {_epoch + 1}.");

    private void Copy(Batch<T> batch, BatchBuffer<T> buffer)
    {
        if (batch is null)
        {
            throw new InvalidOperationException($"The source gave null for batch {_index + 1} of epoch {_epoch + 1}.");
        }

        if (batch.Inputs.RowCount != network.InputSize || batch.Targets.RowCount != network.OutputSize)
        {
            throw new InvalidOperationException(
                $"Batch {_index + 1} of epoch {_epoch + 1} has "
                + $"{Quantity.Of(batch.Inputs.RowCount, "feature")} and "
                + $"{Quantity.Of(batch.Targets.RowCount, "target row")} per sample, but the network takes "
                + $"{network.InputShape.Describe()} and gives {Quantity.Of(network.OutputSize, "output")}."
                + Advice(batch));
        }

        int weightSize = batch.Weights is { } weights ? weights.Count / batch.Count
            : preparation.WeighsSamples ? 1
            : 0;
        if (weightSize > 1 && weightSize != network.Outputs.Count)
        {
            throw new InvalidOperationException(
                $"Batch {_index + 1} of epoch {_epoch + 1} has {weightSize} weights per sample, but the network has "
                + $"{Quantity.Of(network.Outputs.Count, "output")} ({network.Outputs}).");
        }

        buffer.Resize(batch.WholeCount, shards, weightSize);
        int count = buffer.Count;
        int start = batch.Count == batch.WholeCount ? shards.OwnStart(batch.Count) : 0;
        if (batch.Count < batch.WholeCount && batch.Count != count)
        {
            throw new InvalidOperationException(
                $"Batch {_index + 1} of epoch {_epoch + 1} has {Quantity.Of(batch.Count, "sample")} of "
                + $"{batch.WholeCount}, but this worker computes {count} of them, as BatchShare.Of says. Give those, "
                + "or the whole batch.");
        }

        ((ReadOnlyMatrixSpan<T>)batch.Inputs).ColumnRange(start, count).Values.CopyTo(buffer.Inputs.Values);
        ((ReadOnlyMatrixSpan<T>)batch.Targets).ColumnRange(start, count).Values.CopyTo(buffer.Targets.Values);
        if (batch.Weights is { } given)
        {
            for (int j = 0; j < count * weightSize; j++)
            {
                buffer.Weights[j] = given[(start * weightSize) + j];
            }
        }
    }
}
