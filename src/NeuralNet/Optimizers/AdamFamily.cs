using System.Numerics;
using NeuralNet.Guards;

namespace NeuralNet.Optimizers;

/// <summary>
/// The optimizers that follow Adam: a running mean of the gradient over a running measure of its size, with the
/// settings that all of them have.
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

    /// <summary>β₁, the decay of the mean gradient: how slowly it changes.</summary>
    public double Beta1 { get; }

    /// <summary>β₂, the decay of the gradient's measured size: how slowly it changes.</summary>
    public double Beta2 { get; }

    /// <summary>ε, the small number that keeps the divisor away from 0.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public abstract int SlotCount { get; }

    /// <inheritdoc/>
    public abstract void Update<T>(
        Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
