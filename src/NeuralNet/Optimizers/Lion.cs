using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Optimizers;

/// <summary>
/// Lion, which steps by the sign of a mean gradient: c = β₁·m + (1 − β₁)·g, θ ← θ − η·(sign c + λ·θ), m ← β₂·m + (1 −
/// β₂)·g. Every element makes a step of the same size.
/// </summary>
/// <remarks>
/// Chen et al., "Symbolic discovery of optimization algorithms" (2023), algorithm 2. Defaults are the authors'; Keras
/// takes η = 0.001. The paper advises an η three to ten times smaller than AdamW's and a λ as many times larger.
/// </remarks>
public sealed class Lion : IOptimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, above 0.</param>
    /// <param name="beta1">β₁, at least 0 and below 1: how little the current gradient counts in a step.</param>
    /// <param name="beta2">β₂, at least 0 and below 1: how slowly the mean gradient changes.</param>
    /// <param name="weightDecay">λ, at least 0: subtracts η·λ·θ from each value; decoupled from the gradient.</param>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
    public Lion(double learningRate = 1e-4, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0)
    {
        LearningRate = Require.Positive(learningRate);
        Beta1 = Require.Fraction(beta1);
        Beta2 = Require.Fraction(beta2);
        WeightDecay = Require.NotNegative(weightDecay);
    }

    /// <inheritdoc/>
    public double LearningRate { get; }

    /// <summary>β₁, how little the current gradient counts in a step.</summary>
    public double Beta1 { get; }

    /// <summary>β₂, how slowly the mean gradient changes.</summary>
    public double Beta2 { get; }

    /// <inheritdoc/>
    public double WeightDecay { get; }

    /// <summary>1, for the mean gradient m.</summary>
    public int SlotCount => 1;

    /// <summary>The name and the settings, as readable text; one that is 0 or off is left out.</summary>
    /// <returns>For example <c>Lion: learning rate 0.0001, β₁ 0.9, β₂ 0.99</c>.</returns>
    public override string ToString() => SettingsText.Of(
        this,
        ("learning rate", LearningRate),
        ("β₁", Beta1),
        ("β₂", Beta2),
        ("weight decay", WeightDecay));

    /// <inheritdoc/>
    public void Update<T>(Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var rule = new Rule<T>(
            beta1: T.CreateChecked(Beta1),
            complement1: T.CreateChecked(1 - Beta1),
            beta2: T.CreateChecked(Beta2),
            complement2: T.CreateChecked(1 - Beta2),
            learningRate: T.CreateChecked(step.LearningRate));
        UpdateLoop.Run(values, gradient, rule, slots[0]);
    }

    private readonly struct Rule<T>(
        T beta1, T complement1, T beta2, T complement2, T learningRate) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _beta1 = new(beta1);
        private readonly Vector<T> _complement1 = new(complement1);
        private readonly Vector<T> _beta2 = new(beta2);
        private readonly Vector<T> _complement2 = new(complement2);
        private readonly Vector<T> _learningRate = new(learningRate);

        public static int SlotCount => 1;

        // The sign of 0 is 0: an element without a gradient stays where it is.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(
            ref Vector<T> value, Vector<T> gradient, ref Vector<T> m, ref Vector<T> slot1, ref Vector<T> slot2)
        {
            Vector<T> c = (_beta1 * m) + (_complement1 * gradient);
            Vector<T> isZero = Vector.Equals(c, Vector<T>.Zero);
            value -= Vector.ConditionalSelect(isZero, Vector<T>.Zero, Vector.CopySign(_learningRate, c));
            m = (_beta2 * m) + (_complement2 * gradient);
        }
    }
}
