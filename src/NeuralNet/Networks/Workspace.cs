using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Networks;

/// <summary>
/// The memory of one forward and backward pass: the activations of every layer, what each layer remembers, and ∂L/∂a
/// of two neighbouring layers. Owned by one engine, it grows to the largest batch seen and is reused from then on.
/// </summary>
internal sealed class Workspace<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Network<T> _network;
    private readonly T[][] _activations;
    private readonly T[][] _states;
    private readonly T[][] _outputGradients = [[], []];
    private T[] _losses = [];
    private int _capacity;

    public Workspace(Network<T> network)
    {
        _network = network;
        _activations = network.Layers.Select(_ => Array.Empty<T>()).ToArray();
        _states = network.Layers.Select(_ => Array.Empty<T>()).ToArray();
    }

    /// <summary>Number of samples of the batch at hand.</summary>
    public int BatchSize { get; private set; }

    /// <summary>The loss of each sample.</summary>
    public Span<T> Losses => _losses.AsSpan(0, BatchSize);

    /// <summary>Makes room for a batch.</summary>
    public void SetBatchSize(int batchSize)
    {
        if (batchSize > _capacity)
        {
            Allocate(batchSize);
        }

        BatchSize = batchSize;
    }

    /// <summary>a of layer <paramref name="l"/>, counted from zero.</summary>
    public MatrixSpan<T> Activations(int l) => View(_activations[l], l);

    /// <summary>What layer <paramref name="l"/> remembers.</summary>
    public Span<T> State(int l) => _states[l].AsSpan(0, _network.Layers[l].StateLength(BatchSize));

    /// <summary>∂L/∂a of layer <paramref name="l"/>; it shares memory with that of every second layer.</summary>
    public MatrixSpan<T> OutputGradient(int l) => View(_outputGradients[l % 2], l);

    private MatrixSpan<T> View(T[] memory, int l)
    {
        int rows = _network.Layers[l].OutputSize;
        return new(memory.AsSpan(0, rows * BatchSize), rows, BatchSize);
    }

    private void Allocate(int batchSize)
    {
        int widest = 0;
        for (int l = 0; l < _activations.Length; l++)
        {
            Layer<T> layer = _network.Layers[l];
            _activations[l] = new T[ElementCount.Of(layer.OutputSize, batchSize, "The activations of", layer.Name)];
            _states[l] = new T[layer.StateLength(batchSize)];
            widest = Math.Max(widest, _activations[l].Length);
        }

        _outputGradients[0] = new T[widest];
        _outputGradients[1] = new T[widest];
        _losses = new T[batchSize];
        _capacity = batchSize;
    }
}
