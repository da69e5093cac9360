using System.Numerics;
using NeuralNet.Backpropagation;
using NeuralNet.Diagnostics;
using NeuralNet.Distributed;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Randomness;

namespace NeuralNet.Training;

/// <summary>
/// Computes losses and gradients of a batch shard by shard: each shard is a batch of its own, with random numbers of
/// its own, and its gradients are those of the mean over its samples, times its share of the samples in units of an
/// equal share, which mostly is 1. The gradients of the worker's shards are added in the order of the
/// <see cref="ShardTree"/>.
/// </summary>
internal sealed class ShardedPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BackpropagationEngine<T> _engine;
    private readonly Shards _shards;
    private readonly List<(int First, int End)> _nodes;
    private readonly List<Gradients<T>> _waiting = [];
    private readonly double[] _losses;
    private T[] _outputs = [];
    private int _samples;

    /// <summary>Makes the passes of a worker's shards.</summary>
    public ShardedPass(BackpropagationEngine<T> engine, Shards shards)
    {
        _engine = engine;
        _shards = shards;
        _nodes = ShardTree.Cover(shards);
        Sums = [.. _nodes.Select(_ => Gradients.For(engine.Network))];
        _losses = new double[shards.Count];
    }

    /// <summary>The sums of the gradients for each of the worker's nodes of the tree.</summary>
    public Gradients<T>[] Sums { get; }

    /// <summary>
    /// For each shard of the worker, the sum of the losses of its samples; 0 for the shards of others.
    /// </summary>
    public Span<double> Losses => _losses;

    /// <summary>The network's outputs for the worker's samples.</summary>
    public ReadOnlyMatrixSpan<T> Outputs =>
        new(_outputs.AsSpan(0, _samples * _engine.Network.OutputSize), _engine.Network.OutputSize, _samples);

    /// <summary>What is wrong with the first shard whose loss is not finite; null if there is none.</summary>
    public Divergence? Divergence { get; private set; }

    /// <summary>
    /// The samples that the engine has seen last, by their number in the worker's part of the batch; none if that is
    /// empty.
    /// </summary>
    public (int Start, int Count) Last { get; private set; }

    /// <summary>The random numbers of the layers for these samples.</summary>
    public RandomStream LastDraw { get; private set; }

    /// <summary>Computes a batch.</summary>
    /// <param name="batch">The batch, or the worker's part of it.</param>
    /// <param name="draw">The random numbers of the batch.</param>
    public void Compute(StepBatch<T> batch, RandomStream draw)
    {
        _samples = _shards.OwnCount(batch.Samples);
        int length = ElementCount.Of(_engine.Network.OutputSize, _samples, "A batch of outputs");
        if (_outputs.Length < length)
        {
            _outputs = new T[length];
        }

        Divergence = null;
        Last = default;
        for (int i = 0; i < _nodes.Count; i++)
        {
            Sum(batch, draw, _nodes[i].First, _nodes[i].End, Sums[i], depth: 0);
        }
    }

    private void Sum(StepBatch<T> batch, RandomStream draw, int first, int end, Gradients<T> sum, int depth)
    {
        if (end - first == 1)
        {
            ComputeShard(batch, draw, first, sum);
            return;
        }

        if (_waiting.Count == depth)
        {
            _waiting.Add(Gradients.For(_engine.Network));
        }

        int middle = ShardTree.Middle(first, end);
        Sum(batch, draw, first, middle, sum, depth);
        Sum(batch, draw, middle, end, _waiting[depth], depth + 1);
        sum.Add(_waiting[depth]);
    }

    private void ComputeShard(StepBatch<T> batch, RandomStream draw, int shard, Gradients<T> gradients)
    {
        int start = _shards.Start(shard, batch.Samples);
        int count = _shards.Start(shard + 1, batch.Samples) - start;
        _losses[shard] = 0;
        if (count == 0 || Divergence is not null)
        {
            gradients.Clear();
            return;
        }

        // Batches of a step have taken the numbers from −1 down, and layers take those from 0 up.
        LastDraw = draw.Derive(-1 - shard);
        Last = (start - _shards.OwnStart(batch.Samples), count);
        StepBatch<T> part = batch.Part(start, count);
        double loss = _engine.Compute(
            part.Inputs, part.Targets, gradients, random: LastDraw, sampleWeights: part.Weights);
        if (!double.IsFinite(loss))
        {
            Divergence = DivergenceSearch.InBatch(_engine, gradients, loss, part.Inputs, part.Targets);
        }

        double share = (double)count * _shards.Count / batch.Samples;
        if (share != 1)
        {
            gradients.Scale(T.CreateChecked(share));
        }

        _losses[shard] = loss * count;
        int rows = _engine.Network.OutputSize;
        _engine.Outputs.Values.CopyTo(_outputs.AsSpan(Last.Start * rows));
    }
}
