using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// The memory of a layer at its place in a network and, as a tree, that of the layers within it. It grows to the
/// largest batch seen and is reused from then on.
/// </summary>
/// <remarks>
/// Remembered blocks lie in an array of each layer's own. Scratch is a stack: it is lent for the length of a call, and
/// a layer's children have theirs behind its own, all in the same place, for they run one after the other.
/// </remarks>
internal sealed class LayerMemory<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LayerMemory<T>[] _children;
    private readonly MemoryRequest _request;
    private T[] _remembered = [];
    private (int Samples, bool HasBackward) _prepared;

    public LayerMemory(Layer<T> layer)
    {
        Layer = layer;
        _children = [.. layer.Children.Select(child => new LayerMemory<T>(child))];
        _request = new([.. layer.Children.Select(child => (child.OutputSize, child.ColumnsPerSample))]);
    }

    public Layer<T> Layer { get; }

    public IReadOnlyList<LayerMemory<T>> Children => _children;

    /// <summary>Whether there is room for what a backward pass needs.</summary>
    public bool HasBackward => _request.HasBackward;

    /// <summary>Number of scratch elements that a pass needs, for this layer and those within it.</summary>
    public int ScratchLength { get; private set; }

    /// <summary>Number of scratch elements of the layer itself, which lie in front of those of its children.</summary>
    public int OwnScratchLength => (int)_request.ScratchLength;

    /// <summary>Makes room for a batch, for this layer and those within it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A layer asks for more than an array can hold.</exception>
    public void Prepare(int samples, bool hasBackward)
    {
        if (_prepared == (samples, hasBackward))
        {
            return;
        }

        _prepared = default;
        _request.Begin(samples, hasBackward);
        Layer.RequestMemory(_request);
        RequireRoom(_request.RememberedLength, "remembers", samples);
        if (_request.RememberedLength > _remembered.Length)
        {
            _remembered = new T[_request.RememberedLength];
        }

        int below = 0;
        for (int c = 0; c < _children.Length; c++)
        {
            _children[c].Prepare(_request.ColumnsOf(c), hasBackward);
            below = Math.Max(below, _children[c].ScratchLength);
        }

        long scratch = _request.ScratchLength + below;
        RequireRoom(scratch, "computes with", samples);
        ScratchLength = (int)scratch;
        _prepared = (samples, hasBackward);
    }

    /// <summary>
    /// Overwrites the remembered blocks of this layer and those within it, so that a check sees whether a layer reads
    /// numbers that it did not write.
    /// </summary>
    public void FillRemembered(T value)
    {
        _remembered.AsSpan().Fill(value);
        foreach (LayerMemory<T> child in _children)
        {
            child.FillRemembered(value);
        }
    }

    /// <summary>The memory of this layer, or of one within it; null if it is none of them.</summary>
    public LayerMemory<T>? Find(Layer<T> layer) =>
        layer == Layer ? this : _children.Select(child => child.Find(layer)).FirstOrDefault(found => found is not null);

    public MatrixSpan<T> Remembered(int index) => _request.RememberedBlock(index).In<T>(_remembered);

    public MatrixSpan<T> Scratch(int index, Span<T> scratch) => _request.ScratchBlock(index).In(scratch);

    /// <summary>The memory asked for the output of a child; empty where none was.</summary>
    public MatrixSpan<T> ChildOutput(int child, Span<T> scratch) =>
        _request.OutputBlock(child) is { } block ? block.In(_request.HasBackward ? _remembered : scratch) : default;

    /// <summary>Finds the output of this layer, or of one below it, before a backward pass.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="output">The output of this layer.</param>
    /// <param name="found">The output of the layer that was asked for.</param>
    public bool TryFindOutput(Layer<T> layer, Span<T> output, out MatrixSpan<T> found)
    {
        if (layer == Layer)
        {
            found = new(output, layer.OutputSize, output.Length / layer.OutputSize);
            return true;
        }

        for (int c = 0; c < _children.Length; c++)
        {
            // Of a child without a block, nothing is known.
            Span<T> ofChild = _request.DoesChildWriteOutput(c) ? output : ChildOutput(c, default).Values;
            if (!ofChild.IsEmpty && _children[c].TryFindOutput(layer, ofChild, out found))
            {
                return true;
            }
        }

        found = default;
        return false;
    }

    private void RequireRoom(long length, string verb, int samples)
    {
        if (length > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(samples),
                samples,
                $"What '{Layer.Name}' {verb} of {samples:N0} samples is {length:N0} numbers; an array holds at most "
                + $"{Array.MaxLength:N0}. Use smaller batches.");
        }
    }
}
