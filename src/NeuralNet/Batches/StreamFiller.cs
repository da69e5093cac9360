using System.Numerics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Batches;

/// <summary>
/// Copies the batches of a stream, one after the other. It waits for them, so it belongs on a thread of its own.
/// </summary>
internal sealed class StreamFiller<T>(
    IBatchSource<T> source, Network<T> network, BatchPreparation<T> preparation)
    : IBatchFiller<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private IAsyncEnumerator<Batch<T>>? _batches;
    private int _epoch;
    private int _index;
    private int _skip;

    public int? BatchesPerEpoch => source.BatchesPerEpoch;

    public int? SamplesPerEpoch => null;

    public void StartEpoch(int epoch, int skip)
    {
        Dispose();
        _epoch = epoch;
        _index = 0;
        _skip = skip;
    }

    public bool Fill(BatchBuffer<T> buffer, CancellationToken cancellationToken)
    {
        _batches ??= source.ReadAsync(_epoch + 1, cancellationToken).GetAsyncEnumerator(cancellationToken);
        for (; _index < _skip; _index++)
        {
            if (!MoveNext())
            {
                throw new InvalidOperationException(
                    $"Epoch {_epoch + 1} was interrupted after {_skip} batches, but the source gives only {_index} "
                    + "now. To be resumed, a source must give the same batches again.");
            }
        }

        if (!MoveNext())
        {
            Dispose();
            return false;
        }

        Copy(_batches.Current, buffer);
        preparation.Apply(buffer, _epoch, _index);
        _index++;
        return true;
    }

    public void Dispose()
    {
        IAsyncEnumerator<Batch<T>>? batches = _batches;
        _batches = null;
        batches?.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private bool MoveNext() => _batches!.MoveNextAsync().AsTask().GetAwaiter().GetResult();

    private void Copy(Batch<T> batch, BatchBuffer<T> buffer)
    {
        if (batch is null)
        {
            throw new InvalidOperationException($"The source gave null for batch {_index + 1} of epoch {_epoch + 1}.");
        }

        if (batch.Inputs.RowCount != network.InputSize || batch.Targets.RowCount != network.OutputSize)
        {
            throw new InvalidOperationException(
                $"Batch {_index + 1} of epoch {_epoch + 1} has {batch.Inputs.RowCount} features and "
                + $"{batch.Targets.RowCount} target rows per sample, but the network takes {network.InputSize} "
                + $"features and gives {network.OutputSize} outputs.");
        }

        buffer.Resize(batch.Count, preparation.WeighsSamples || batch.Weights is not null);
        ((ReadOnlyMatrixSpan<T>)batch.Inputs).Values.CopyTo(buffer.Inputs.Values);
        ((ReadOnlyMatrixSpan<T>)batch.Targets).Values.CopyTo(buffer.Targets.Values);
        for (int j = 0; j < batch.Weights?.Count; j++)
        {
            buffer.Weights[j] = batch.Weights[j];
        }
    }
}
