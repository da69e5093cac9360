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
    private int _weightSize;

    /// <summary>Number of samples.</summary>
    public int Count { get; private set; }

    public MatrixSpan<T> Inputs => new(_inputs.AsSpan(0, Count * inputSize), inputSize, Count);

    public MatrixSpan<T> Targets => new(_targets.AsSpan(0, Count * targetSize), targetSize, Count);

    /// <summary>A weight per sample, or one for each output; empty where each weighs 1.</summary>
    public Span<T> Weights => _weights.AsSpan(0, Count * _weightSize);

    /// <summary>Makes room for so many samples; what they are is unspecified, and their weights are 1.</summary>
    /// <param name="count">Number of samples.</param>
    /// <param name="weightSize">Number of weights per sample; 0 where each weighs 1.</param>
    public void Resize(int count, int weightSize)
    {
        if (count * (long)inputSize > _inputs.Length || count * (long)targetSize > _targets.Length)
        {
            _inputs = new T[ElementCount.Of(inputSize, count, "A batch of inputs")];
            _targets = new T[ElementCount.Of(targetSize, count, "A batch of targets")];
        }

        if (count * (long)weightSize > _weights.Length)
        {
            _weights = new T[ElementCount.Of(weightSize, count, "A batch of weights")];
        }

        Count = count;
        _weightSize = weightSize;
        Weights.Fill(T.One);
    }
}
