using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Batches;

/// <summary>The memory of one batch. It grows to the largest batch seen and is reused from then on.</summary>
internal sealed class BatchBuffer<T>(int inputSize, int targetSize)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private T[] _inputs = [];
    private T[] _targets = [];
    private T[] _weights = [];
    private bool _isWeighted;

    /// <summary>Number of samples.</summary>
    public int Count { get; private set; }

    public MatrixSpan<T> Inputs => new(_inputs.AsSpan(0, Count * inputSize), inputSize, Count);

    public MatrixSpan<T> Targets => new(_targets.AsSpan(0, Count * targetSize), targetSize, Count);

    /// <summary>A weight per sample; empty where each weighs 1.</summary>
    public Span<T> Weights => _isWeighted ? _weights.AsSpan(0, Count) : default;

    /// <summary>Makes room for so many samples; what they are is unspecified, and their weights are 1.</summary>
    public void Resize(int count, bool isWeighted)
    {
        if (count * (long)inputSize > _inputs.Length || count * (long)targetSize > _targets.Length)
        {
            _inputs = new T[ElementCount.Of(inputSize, count, "A batch of inputs")];
            _targets = new T[ElementCount.Of(targetSize, count, "A batch of targets")];
        }

        if (isWeighted && count > _weights.Length)
        {
            _weights = new T[count];
        }

        Count = count;
        _isWeighted = isWeighted;
        Weights.Fill(T.One);
    }
}
