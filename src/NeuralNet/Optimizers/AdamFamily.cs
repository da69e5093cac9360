using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Optimizers;

/// <summary>
/// Adam and its variants, which divide a running mean of the gradient by a running measure of its size. Holds the
/// settings that all of them share.
/// </summary>
public abstract class AdamFamily : IOptimizer
{
    private protected AdamFamily(
        double learningRate, double beta1, double beta2, double epsilon, double l2Penalty, double weightDecay)
    {
        LearningRate = Require.Positive(learningRate);
        Beta1 = Require.Fraction(beta1);
        Beta2 = Require.Fraction(beta2);
        Epsilon = Require.Positive(epsilon);
        Penalty = Require.NotNegative(l2Penalty);
        WeightDecay = Require.NotNegative(weightDecay);
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
    public double WeightDecay { get; }

    /// <inheritdoc/>
    public abstract int SlotCount { get; }

    double IOptimizer.L2Penalty => Penalty;

    // Under its own name where a variant lets one set it.
    private protected double Penalty { get; }

    /// <inheritdoc/>
    public abstract void Update<T>(
        Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Adam's step, with the largest v so far in the third slot for AMSGrad.</summary>
    private protected void UpdateAsAdam<T>(
        Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step, bool amsGrad)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var rule = new AdamRule<T>(step, Beta1, Beta2, Epsilon);
        if (amsGrad)
        {
            UpdateLoop.Run(values, gradient, new AmsGradRule<T>(rule), slots[0], slots[1], slots[2]);
        }
        else
        {
            UpdateLoop.Run(values, gradient, rule, slots[0], slots[1]);
        }
    }
}
