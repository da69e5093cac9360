using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Randomness;

namespace NeuralNet.Training;

/// <summary>Gathers the batches of an epoch, one after the other, into the same memory.</summary>
internal sealed class BatchBuffer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly DataSet<T> _data;
    private readonly int _batchSize;
    private readonly int[] _order;
    private readonly T[] _inputs;
    private readonly T[] _targets;
    private int _next;
    private int _count;

    public BatchBuffer(DataSet<T> data, int batchSize)
    {
        _data = data;
        _batchSize = Math.Min(batchSize, data.Count);
        _order = new int[data.Count];
        _inputs = new T[Shape.Length(data.InputSize, _batchSize, "A batch of inputs")];
        _targets = new T[Shape.Length(data.TargetSize, _batchSize, "A batch of targets")];
    }

    public ReadOnlyMatrixSpan<T> Inputs => new(_inputs.AsSpan(0, _count * _data.InputSize), _data.InputSize, _count);

    public ReadOnlyMatrixSpan<T> Targets => new(_targets.AsSpan(0, _count * _data.TargetSize), _data.TargetSize, _count);

    /// <summary>Starts an epoch, in the order of the data or in one drawn from a stream.</summary>
    public void Order(RandomStream? random)
    {
        _next = 0;
        if (random is { } stream)
        {
            Permutation.Draw(_order, stream);
        }
        else
        {
            Permutation.Identity(_order);
        }
    }

    /// <summary>Gathers the next batch; false at the end of the epoch.</summary>
    public bool MoveNext()
    {
        _count = Math.Min(_batchSize, _order.Length - _next);
        _data.CopyTo(_order.AsSpan(_next, _count), _inputs, _targets);
        _next += _count;
        return _count > 0;
    }
}
