using System.Numerics;
using NeuralNet.Guards;

namespace NeuralNet.Optimizers;

/// <summary>
/// Adam and its variants, which divide a running mean of the gradient by a running measure of its size. Holds the
/// settings that all of them share.
/// </summary>
public abstract class AdamFamily : IOptimizer
{
    private protected AdamFamily(double learningRate, double beta1, double beta2, double epsilon)
    {
        LearningRate = Require.Positive(learningRate);
        Beta1 = Require.Fraction(beta1);
        Beta2 = Require.Fraction(beta2);
        Epsilon = Require.Positive(epsilon);
    }

    /// <inheritdoc/>
    public double LearningRate { get; }

    /// <summary>β₁, how slowly the running mean of the gradient changes.</summary>
    public double Beta1 { get; }

    /// <summary>β₂, how slowly the running measure of the gradient's size changes.</summary>
    public double Beta2 { get; }

    /// <summary>ε, a small number that keeps the divisor away from 0.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public abstract int SlotCount { get; }

    /// <inheritdoc/>
    public abstract void Update<T>(
        Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
