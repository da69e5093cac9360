using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Optimizers;

/// <summary>
/// Adadelta: v ← ρ·v + (1 − ρ)·g², d = √((u + ε) / (v + ε))·g, u ← ρ·u + (1 − ρ)·d², θ ← θ − η·d. Steps have the units
/// of θ, because they are scaled by the previous steps.
/// </summary>
/// <remarks>
/// Zeiler, "Adadelta: an adaptive learning rate method" (2012), algorithm 1, which has no η, that is η = 1. Defaults
/// are PyTorch's; Keras takes η = 0.001, ρ = 0.95, ε = 10⁻⁷.
/// </remarks>
public sealed class Adadelta : IOptimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, above 0.</param>
    /// <param name="rho">ρ, at least 0 and below 1: how slowly both mean squares change.</param>
    /// <param name="epsilon">ε, above 0: keeps the divisor away from 0 and makes the first step possible.</param>
    /// <param name="l2Penalty">
    /// λ, at least 0: adds λ·θ to the gradient. PyTorch's <c>weight_decay</c> of this optimizer.
    /// </param>
    /// <param name="weightDecay">λ, at least 0, of decoupled weight decay: subtracts η·λ·θ from each value.</param>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
    public Adadelta(
        double learningRate = 1,
        double rho = 0.9,
        double epsilon = 1e-6,
        double l2Penalty = 0,
        double weightDecay = 0)
    {
        LearningRate = Require.Positive(learningRate);
        Rho = Require.Fraction(rho);
        Epsilon = Require.Positive(epsilon);
        L2Penalty = Require.NotNegative(l2Penalty);
        WeightDecay = Require.NotNegative(weightDecay);
    }

    /// <inheritdoc/>
    public double LearningRate { get; }

    /// <summary>ρ, how slowly both mean squares change.</summary>
    public double Rho { get; }

    /// <summary>ε, which keeps the divisor away from 0 and makes the first step possible.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public double L2Penalty { get; }

    /// <inheritdoc/>
    public double WeightDecay { get; }

    /// <summary>2: the mean squares v of the gradients and u of the steps.</summary>
    public int SlotCount => 2;

    /// <summary>The name and the settings, as readable text; one that is 0 or off is left out.</summary>
    /// <returns>For example <c>Adadelta: learning rate 1, ρ 0.9, ε 1E-06</c>.</returns>
    public override string ToString() => SettingsText.Of(
        this,
        ("learning rate", LearningRate),
        ("ρ", Rho),
        ("ε", Epsilon),
        ("L2 penalty", L2Penalty));

    /// <inheritdoc/>
    public void Update<T>(Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var rule = new Rule<T>(
            rho: T.CreateChecked(Rho),
            complement: T.CreateChecked(1 - Rho),
            learningRate: T.CreateChecked(step.LearningRate),
            epsilon: Floor.Normal<T>(Epsilon));
        UpdateLoop.Run(values, gradient, rule, slots[0], slots[1]);
    }

    private readonly struct Rule<T>(T rho, T complement, T learningRate, T epsilon) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _rho = new(rho);
        private readonly Vector<T> _complement = new(complement);
        private readonly Vector<T> _learningRate = new(learningRate);
        private readonly Vector<T> _epsilon = new(epsilon);

        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(
            ref Vector<T> value, Vector<T> gradient, ref Vector<T> v, ref Vector<T> u, ref Vector<T> slot2)
        {
            v = (_rho * v) + (_complement * (gradient * gradient));
            Vector<T> d = Vector.SquareRoot((u + _epsilon) / (v + _epsilon)) * gradient;
            u = (_rho * u) + (_complement * (d * d));
            value -= _learningRate * d;
        }
    }
}
