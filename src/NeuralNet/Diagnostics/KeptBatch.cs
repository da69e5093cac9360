using System.Numerics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Randomness;

namespace NeuralNet.Diagnostics;

/// <summary>Some of the first samples, and their losses when they were first seen.</summary>
internal sealed class KeptBatch<T>(
    ReadOnlyMatrixSpan<T> inputs,
    ReadOnlyMatrixSpan<T> targets,
    ReadOnlySpan<T> weights,
    RandomStream random,
    double lossSum)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _inputs = inputs.Values.ToArray();
    private readonly T[] _targets = targets.Values.ToArray();
    private readonly T[] _weights = weights.ToArray();

    public int Count { get; } = inputs.Columns;

    /// <summary>The random numbers that layers drew.</summary>
    public RandomStream Random { get; } = random;

    /// <summary>The sum of the losses.</summary>
    public double LossSum { get; } = lossSum;

    public ReadOnlyMatrixSpan<T> Inputs => new(_inputs, _inputs.Length / Count, Count);

    public ReadOnlyMatrixSpan<T> Targets => new(_targets, _targets.Length / Count, Count);

    public ReadOnlySpan<T> Weights => _weights;
}
