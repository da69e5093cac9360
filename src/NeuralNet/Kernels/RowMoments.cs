using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kernels;

/// <summary>
/// Mean and variance of each row of a matrix, and what batch normalization computes from them and its gradients.
/// </summary>
/// <param name="memory">A column for each.</param>
internal readonly ref struct RowMoments<T>(MatrixSpan<T> memory)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Number of columns, of which the mean is the first.</summary>
    public const int Count = 7;

    public const int ShiftColumn = 2;
    public const int InverseDeviationColumn = 3;
    public const int MeanGradientColumn = 4;
    public const int MeanProductColumn = 5;
    public const int FactorColumn = 6;

    private readonly MatrixSpan<T> _memory = memory;

    /// <summary>All columns, one after the other.</summary>
    public Span<T> Values => _memory.Values;

    /// <summary>μ.</summary>
    public Span<T> Mean => _memory.Column(0);

    /// <summary>σ².</summary>
    public Span<T> Variance => _memory.Column(1);

    /// <summary>
    /// (μ − x₀)/√(σ² + ε), as x̂ = (x − x₀)/√(σ² + ε) less this: x − x₀, which counts from the first column of the
    /// matrix, keeps digits that x − μ would lose where μ is large.
    /// </summary>
    public Span<T> Shift => _memory.Column(ShiftColumn);

    /// <summary>1/√(σ² + ε).</summary>
    public Span<T> InverseDeviation => _memory.Column(InverseDeviationColumn);

    /// <summary>Σ g/n.</summary>
    public Span<T> MeanGradient => _memory.Column(MeanGradientColumn);

    /// <summary>Σ g·x̂/n.</summary>
    public Span<T> MeanProduct => _memory.Column(MeanProductColumn);

    /// <summary>γ/√(σ² + ε).</summary>
    public Span<T> Factor => _memory.Column(FactorColumn);
}
