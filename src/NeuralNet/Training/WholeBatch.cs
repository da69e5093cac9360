using System.Numerics;
using NeuralNet.Distributed;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Training;

/// <summary>The outputs, targets and weights of a whole batch, gathered from all workers for the metrics.</summary>
internal sealed class WholeBatch<T>(IWorkers workers, Network<T> network)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int[] _counts = new int[workers.Count];
    private T[] _outputs = [];
    private T[] _targets = [];
    private T[] _weights = [];
    private int _samples;
    private int _weightSize;

    /// <summary>Outputs × batch.</summary>
    public ReadOnlyMatrixSpan<T> Outputs =>
        new(_outputs.AsSpan(0, _samples * network.OutputSize), network.OutputSize, _samples);

    /// <summary>Targets × batch.</summary>
    public ReadOnlyMatrixSpan<T> Targets =>
        new(_targets.AsSpan(0, _samples * network.OutputSize), network.OutputSize, _samples);

    /// <summary>The weights of the samples; empty where each weighs 1.</summary>
    public ReadOnlySpan<T> Weights => _weights.AsSpan(0, _samples * _weightSize);

    /// <summary>Gathers a batch.</summary>
    public void Gather(ReadOnlyMatrixSpan<T> outputs, StepBatch<T> batch)
    {
        _samples = batch.Samples;

        // Where the first batches have fewer samples than shards, a worker may have none, and then no weights.
        _weightSize = batch.WeightSize;
        Gather(outputs.Values, ref _outputs, network.OutputSize);
        Gather(batch.Targets.Values, ref _targets, network.OutputSize);
        if (_weightSize > 0)
        {
            Gather(batch.Weights, ref _weights, _weightSize);
        }
    }

    private void Gather(ReadOnlySpan<T> own, ref T[] all, int size)
    {
        if (all.Length < _samples * size)
        {
            all = new T[_samples * size];
        }

        for (int rank = 0; rank < workers.Count; rank++)
        {
            _counts[rank] = Shards.Of(workers, rank).OwnCount(_samples) * size;
        }

        workers.AllGather(own, all.AsSpan(0, _samples * size), _counts);
    }
}
