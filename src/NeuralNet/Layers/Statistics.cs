using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>The statistics of every feature in batch normalization: μ, σ² and 1/√(σ² + ε), a column each.</summary>
internal readonly ref struct Statistics<T>(MatrixSpan<T> memory)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public const int Count = 3;

    private readonly MatrixSpan<T> _memory = memory;

    public Span<T> Mean => _memory.Column(0);

    public Span<T> Variance => _memory.Column(1);

    public Span<T> InverseDeviation => _memory.Column(2);
}
