using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Distributed;
using NeuralNet.Randomness;

namespace NeuralNet.Batches;

/// <summary>
/// Gathers the batches of a data set in memory, in an order drawn anew for every epoch if it is to be shuffled. Of a
/// batch a worker gets the samples of its shards.
/// </summary>
internal sealed class DataSetFiller<T> : IBatchFiller<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly DataSet<T> _data;
    private readonly int _batchSize;
    private readonly Shards _shards;
    private readonly RandomStream? _shuffling;
    private readonly BatchPreparation<T> _preparation;
    private readonly LengthBuckets<T>? _buckets;
    private readonly int[] _order;
    private int _epoch;
    private int _next;

    public DataSetFiller(
        DataSet<T> data,
        int batchSize,
        Shards shards,
        RandomStream? shuffling,
        BatchPreparation<T> preparation,
        int? lengthRow = null)
    {
        _data = data;
        _batchSize = Math.Min(batchSize, data.Count);
        _shards = shards;
        _shuffling = shuffling;
        _preparation = preparation;
        _order = new int[data.Count];
        _buckets = lengthRow is { } row ? new(data, row, _batchSize) : null;
    }

    public int? BatchesPerEpoch => ((_data.Count - 1) / _batchSize) + 1;

    public int? SamplesPerEpoch => _data.Count;

    public void StartEpoch(int epoch, int skip)
    {
        _epoch = epoch;
        _next = skip * _batchSize;
        if (_shuffling is { } stream)
        {
            Permutation.Draw(_order, stream.Derive(epoch));
        }
        else
        {
            Permutation.Identity(_order);
        }

        _buckets?.Arrange(_order, _shuffling?.Derive(epoch));
    }

    public bool Fill(BatchBuffer<T> buffer, CancellationToken cancellationToken)
    {
        int count = Math.Min(_batchSize, _data.Count - _next);
        if (count <= 0)
        {
            return false;
        }

        ReadOnlySpan<int> samples = _order.AsSpan(_next + _shards.OwnStart(count), _shards.OwnCount(count));
        buffer.Resize(count, _shards, _data.Weights.IsEmpty && !_preparation.WeighsSamples ? 0 : _data.WeightSize);
        _data.CopyTo(samples, buffer.Inputs.Values, buffer.Targets.Values);
        if (!_data.Weights.IsEmpty)
        {
            _data.CopyWeightsTo(samples, buffer.Weights);
        }

        _preparation.Apply(buffer, _epoch, _next / _batchSize);
        _next += count;
        return true;
    }

    public void EndEpoch()
    {
    }
}
