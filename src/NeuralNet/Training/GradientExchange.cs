using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Backpropagation;
using NeuralNet.Distributed;

namespace NeuralNet.Training;

/// <summary>
/// Adds the gradients of all shards over all workers, in the order of the <see cref="ShardTree"/>: each worker gets
/// from all their sums of a part of the numbers, adds them, and gives the result to all.
/// </summary>
/// <remarks>
/// Of n numbers a worker sends and receives about 2·n, however many workers there are. The numbers go in pieces of
/// bounded size, so that memory is.
/// </remarks>
internal sealed class GradientExchange<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Large enough that the time to begin a message does not matter.
    private const int LargestPiece = 1 << 22;

    private readonly IWorkers _workers;
    private readonly Gradients<T>[] _sums;
    private readonly FlatGradients<T> _flat;
    private readonly List<(int First, int End)> _nodes = [];
    private readonly int[] _nodeCounts;
    private readonly int[] _sent;
    private readonly int[] _received;
    private readonly int[] _chunks;
    private readonly T[] _outgoing;
    private readonly T[] _incoming;
    private readonly T[] _piece;

    /// <summary>Makes the exchange of a worker's sums, one for each of its nodes of the tree.</summary>
    public GradientExchange(IWorkers workers, Gradients<T>[] sums)
    {
        _workers = workers;
        _sums = sums;
        _flat = new(sums[0]);
        _nodeCounts = new int[workers.Count];
        for (int rank = 0; rank < workers.Count; rank++)
        {
            List<(int First, int End)> nodes = ShardTree.Cover(Shards.Of(workers, rank));
            _nodeCounts[rank] = nodes.Count;
            _nodes.AddRange(nodes);
        }

        _sent = new int[workers.Count];
        _received = new int[workers.Count];
        _chunks = new int[workers.Count];
        _piece = new T[(int)Math.Min(LargestPiece, _flat.Count)];
        _outgoing = new T[sums.Length * _piece.Length];
        _incoming = new T[_nodes.Count * ((_piece.Length / workers.Count) + 1)];
    }

    /// <summary>Replaces gradients by the sum over all shards of all workers.</summary>
    public void Sum(Gradients<T> total)
    {
        for (long start = 0; start < _flat.Count; start += _piece.Length)
        {
            Span<T> piece = _piece.AsSpan(0, (int)Math.Min(_piece.Length, _flat.Count - start));
            Sum(start, piece);
            _flat.Write(total, start, piece);
        }

        total.MarkAllWritten();
    }

    private void Sum(long start, Span<T> piece)
    {
        int at = 0;
        for (int rank = 0; rank < _workers.Count; rank++)
        {
            int first = ChunkStart(rank, piece.Length);
            int length = ChunkStart(rank + 1, piece.Length) - first;
            _chunks[rank] = length;
            _sent[rank] = length * _sums.Length;
            foreach (Gradients<T> sum in _sums)
            {
                _flat.Read(sum, start + first, _outgoing.AsSpan(at, length));
                at += length;
            }
        }

        int own = _chunks[_workers.Rank];
        for (int rank = 0; rank < _workers.Count; rank++)
        {
            _received[rank] = own * _nodeCounts[rank];
        }

        Span<T> incoming = _incoming.AsSpan(0, own * _nodes.Count);
        _workers.AllToAll(_outgoing.AsSpan(0, at), _sent, incoming, _received);
        int node = 0;
        Span<T> sumOfAll = Add(incoming, own, 0, _workers.Shards, ref node);
        _workers.AllGather(sumOfAll, piece, _chunks);
    }

    /// <summary>Adds up the numbers under a node of the tree, and returns the place of the sum.</summary>
    private Span<T> Add(Span<T> numbers, int length, int first, int end, ref int node)
    {
        if (_nodes[node] == (first, end))
        {
            return numbers.Slice(length * node++, length);
        }

        int middle = ShardTree.Middle(first, end);
        Span<T> left = Add(numbers, length, first, middle, ref node);
        Span<T> right = Add(numbers, length, middle, end, ref node);
        TensorPrimitives.Add(left, right, left);
        return left;
    }

    private int ChunkStart(int rank, int length) => (int)((long)rank * length / _workers.Count);
}
