using System.Numerics;
using NeuralNet.Backpropagation;
using NeuralNet.Distributed;
using NeuralNet.Kernels;

namespace NeuralNet.Training;

/// <summary>
/// Adds the gradients of all shards over all workers, in the order of the <see cref="ShardTree"/>: each worker gets
/// from all others their sums of a part of the numbers, adds them to its own, and gives the result to all.
/// </summary>
/// <remarks>
/// Of n numbers a worker sends and receives about 2·n, however many workers there are. The numbers go in pieces of
/// bounded size, so that memory is.
/// </remarks>
internal sealed class GradientExchange<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Large enough that the time to begin a message matters little, also between machines.
    private const int LargestPiece = 1 << 20;

    private readonly IWorkers _workers;
    private readonly Gradients<T>[] _sums;
    private readonly FlatGradients<T> _flat;
    private readonly List<(int First, int End)> _nodes = [];
    private readonly int _firstOwnNode;
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
            _firstOwnNode = rank == workers.Rank ? _nodes.Count : _firstOwnNode;
            _nodeCounts[rank] = nodes.Count;
            _nodes.AddRange(nodes);
        }

        _sent = new int[workers.Count];
        _received = new int[workers.Count];
        _chunks = new int[workers.Count];
        _piece = new T[(int)Math.Min(LargestPiece, _flat.Count)];
        _outgoing = new T[sums.Length * _piece.Length];
        _incoming = new T[_nodes.Count * new Partition(_piece.Length, workers.Count).Longest];
    }

    /// <summary>Replaces gradients by the sum over all shards of all workers, times a factor.</summary>
    public void Sum(Gradients<T> total, T factor)
    {
        for (long start = 0; start < _flat.Count; start += _piece.Length)
        {
            Span<T> piece = _piece.AsSpan(0, (int)Math.Min(_piece.Length, _flat.Count - start));
            Sum(start, piece);
            InParts.Multiply(piece, factor, piece);
            _flat.Write(total, start, piece);
        }

        total.MarkAllWritten();
    }

    private void Sum(long start, Span<T> piece)
    {
        int at = 0;
        var parts = new Partition(piece.Length, _workers.Count);
        int ownStart = parts.Start(_workers.Rank);
        int own = parts.Size(_workers.Rank);
        for (int rank = 0; rank < _workers.Count; rank++)
        {
            int length = parts.Size(rank);
            bool isOther = rank != _workers.Rank;
            _chunks[rank] = length;
            _sent[rank] = isOther ? length * _sums.Length : 0;
            _received[rank] = isOther ? own * _nodeCounts[rank] : 0;
            for (int i = 0; isOther && i < _sums.Length; i++)
            {
                _flat.Read(_sums[i], start + parts.Start(rank), _outgoing.AsSpan(at, length));
                at += length;
            }
        }

        // What the others send goes to the front, in their order, and the own numbers behind.
        Span<T> incoming = _incoming.AsSpan(0, own * _nodes.Count);
        Span<T> received = incoming[..(own * (_nodes.Count - _sums.Length))];
        for (int i = 0; i < _sums.Length; i++)
        {
            _flat.Read(_sums[i], start + ownStart, incoming.Slice(received.Length + (own * i), own));
        }

        _workers.AllToAll(_outgoing.AsSpan(0, at), _sent, received, _received);
        int node = 0;
        Span<T> sumOfAll = piece.Slice(ownStart, own);
        Add(incoming, own, 0, _workers.Shards, ref node, sumOfAll);
        _workers.AllGather(sumOfAll, piece, _chunks);
    }

    /// <summary>Adds up the numbers under a node of the tree, and returns the place of the sum.</summary>
    private Span<T> Add(Span<T> numbers, int length, int first, int end, ref int node, Span<T> place)
    {
        if (_nodes[node] == (first, end))
        {
            return numbers.Slice(length * PlaceOf(node++), length);
        }

        int middle = ShardTree.Middle(first, end);
        Span<T> left = Add(numbers, length, first, middle, ref node, default);
        Span<T> right = Add(numbers, length, middle, end, ref node, default);
        Span<T> sum = place.IsEmpty ? left : place;
        InParts.Add<T>(left, right, sum);
        return sum;
    }

    /// <summary>Where the numbers of a node lie, own ones behind the others.</summary>
    private int PlaceOf(int node)
    {
        int ownCount = _sums.Length;
        return node < _firstOwnNode ? node
            : node < _firstOwnNode + ownCount ? _nodes.Count - ownCount + node - _firstOwnNode
            : node - ownCount;
    }
}
