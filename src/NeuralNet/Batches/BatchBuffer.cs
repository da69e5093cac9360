using System.Numerics;
using NeuralNet.Distributed;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Batches;

/// <summary>
/// The memory of one batch, or of a worker's samples of it. It grows to the largest batch seen and is reused from then
/// on.
/// </summary>
internal sealed class BatchBuffer<T>(int inputSize, int targetSize)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private T[] _inputs = [];
    private T[] _targets = [];
    private T[] _weights = [];

    /// <summary>Number of samples here.</summary>
    public int Count { get; private set; }

    /// <summary>Number of samples of the whole batch.</summary>
    public int WholeCount { get; private set; }

    /// <summary>The shards of the batch, and those whose samples are here.</summary>
    public Shards Shards { get; private set; }

    /// <summary>Number of weights per sample; 0 where each weighs 1.</summary>
    public int WeightSize { get; private set; }

    public MatrixSpan<T> Inputs => new(_inputs.AsSpan(0, Count * inputSize), inputSize, Count);

    public MatrixSpan<T> Targets => new(_targets.AsSpan(0, Count * targetSize), targetSize, Count);

    /// <summary>A weight per sample, or one for each output; empty where each weighs 1.</summary>
    public Span<T> Weights => _weights.AsSpan(0, Count * WeightSize);

    /// <summary>Makes room for a worker's samples; what they are is unspecified, and their weights are 1.</summary>
    /// <param name="wholeCount">Number of samples of the whole batch.</param>
    /// <param name="shards">The shards of the batch, and those of the worker.</param>
    /// <param name="weightSize">Number of weights per sample; 0 where each weighs 1.</param>
    public void Resize(int wholeCount, Shards shards, int weightSize)
    {
        int count = shards.OwnCount(wholeCount);
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
        WholeCount = wholeCount;
        Shards = shards;
        WeightSize = weightSize;
        Weights.Fill(T.One);
    }
}
