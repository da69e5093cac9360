using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Optimizers;

/// <summary>
/// Adam: m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ),
/// θ ← θ − η·m̂ / (√v̂ + ε).
/// </summary>
/// <remarks>
/// Kingma and Ba, "Adam: a method for stochastic optimization" (2015), algorithm 1. Defaults are the paper's and
/// PyTorch's; Keras takes ε = 10⁻⁷.
/// </remarks>
public sealed class Adam : IOptimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, above 0.</param>
    /// <param name="beta1">β₁, at least 0 and below 1: how slowly the mean gradient changes.</param>
    /// <param name="beta2">β₂, at least 0 and below 1: how slowly the mean squared gradient changes.</param>
    /// <param name="epsilon">ε, above 0: keeps the divisor away from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
    public Adam(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
    {
        Require.Positive(learningRate);
        Require.Fraction(beta1);
        Require.Fraction(beta2);
        Require.Positive(epsilon);
        LearningRate = learningRate;
        Beta1 = beta1;
        Beta2 = beta2;
        Epsilon = epsilon;
    }

    /// <inheritdoc/>
    public double LearningRate { get; }

    /// <summary>β₁.</summary>
    public double Beta1 { get; }

    /// <summary>β₂.</summary>
    public double Beta2 { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>2: the moments m and v.</summary>
    public int SlotCount => 2;

    /// <inheritdoc/>
    public void Update<T>(Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double correction1 = 1 - Math.Pow(Beta1, step.Number);
        double rootCorrection2 = Math.Sqrt(1 - Math.Pow(Beta2, step.Number));

        // η·m̂ / (√v̂ + ε) with both sides of the fraction multiplied by √(1 − β₂ᵗ): one division per element.
        var rule = new Rule<T>(
            beta1: T.CreateChecked(Beta1),
            complement1: T.CreateChecked(1 - Beta1),
            beta2: T.CreateChecked(Beta2),
            complement2: T.CreateChecked(1 - Beta2),
            stepSize: T.CreateChecked(step.LearningRate * rootCorrection2 / correction1),
            epsilon: T.CreateChecked(Epsilon * rootCorrection2));
        UpdateLoop.Run(values, gradient, slots[0], slots[1], rule);
    }

    private readonly struct Rule<T>(
        T beta1, T complement1, T beta2, T complement2, T stepSize, T epsilon) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _beta1 = new(beta1);
        private readonly Vector<T> _complement1 = new(complement1);
        private readonly Vector<T> _beta2 = new(beta2);
        private readonly Vector<T> _complement2 = new(complement2);
        private readonly Vector<T> _stepSize = new(stepSize);
        private readonly Vector<T> _epsilon = new(epsilon);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref Vector<T> value, Vector<T> gradient, ref Vector<T> m, ref Vector<T> v)
        {
            m = (_beta1 * m) + (_complement1 * gradient);
            v = (_beta2 * v) + (_complement2 * (gradient * gradient));
            value -= _stepSize * m / (Vector.SquareRoot(v) + _epsilon);
        }
    }
}
