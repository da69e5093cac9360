using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Backpropagation;

/// <summary>
/// The memory of one forward and backward pass: that of the layers, the outputs with ∂L/∂outputs, and the losses. Owned
/// by one engine, it grows to the largest batch seen and is reused from then on.
/// </summary>
internal sealed class Workspace<T>(Network<T> network)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private T[] _outputs = [];
    private T[] _outputGradients = [];
    private T[] _losses = [];
    private T[] _scratch = [];
    private T[] _inputs = [];

    /// <summary>The memory of the layers.</summary>
    public LayerMemory<T> Layers { get; } = new(network.Body);

    /// <summary>Number of samples of the batch at hand.</summary>
    public int BatchSize { get; private set; }

    /// <summary>The network's outputs, outputs × batch.</summary>
    public MatrixSpan<T> Outputs => View(_outputs, network.OutputSize);

    /// <summary>∂L/∂outputs, outputs × batch.</summary>
    public MatrixSpan<T> OutputGradients => View(_outputGradients, network.OutputSize);

    /// <summary>A copy of the inputs, where <see cref="CopyInputs"/> made one.</summary>
    public ReadOnlyMatrixSpan<T> Inputs => View(_inputs, network.InputSize);

    /// <summary>The loss of each sample.</summary>
    public Span<T> Losses => _losses.AsSpan(0, BatchSize);

    /// <summary>Scratch of the layers.</summary>
    public Span<T> Scratch => _scratch;

    /// <summary>Makes room for a batch.</summary>
    public void SetBatchSize(int batchSize)
    {
        BatchSize = 0;
        Layers.Prepare(batchSize, hasBackward: true);
        if (batchSize > _losses.Length)
        {
            _outputs = new T[ElementCount.Of(network.OutputSize, batchSize, "The outputs of a batch")];
            _outputGradients = new T[_outputs.Length];
            _losses = new T[batchSize];
        }

        if (Layers.ScratchLength > _scratch.Length)
        {
            _scratch = new T[Layers.ScratchLength];
        }

        BatchSize = batchSize;
    }

    /// <summary>Forgets the batch, as after a pass that failed.</summary>
    public void Forget() => BatchSize = 0;

    /// <summary>Keeps the inputs of the batch for a backward pass that is asked for later.</summary>
    public void CopyInputs(ReadOnlyMatrixSpan<T> inputs)
    {
        if (inputs.Values.Length > _inputs.Length)
        {
            _inputs = new T[inputs.Values.Length];
        }

        inputs.Values.CopyTo(_inputs);
    }

    private MatrixSpan<T> View(T[] memory, int rows) => new(memory.AsSpan(0, rows * BatchSize), rows, BatchSize);
}
