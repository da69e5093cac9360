using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Optimizers;

/// <summary>
/// Adamax, Adam with the maximum norm: m ← β₁·m + (1 − β₁)·g, u ← max(β₂·u, |g| + ε), θ ← θ − η / (1 − β₁ᵗ) · m / u.
/// </summary>
/// <remarks>
/// Kingma and Ba, "Adam: a method for stochastic optimization" (2015), algorithm 2, which has no ε. Defaults and the
/// place of ε are PyTorch's; Keras takes η = 0.001, ε = 10⁻⁷ and adds it to u.
/// </remarks>
public sealed class Adamax : AdamFamily
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, above 0.</param>
    /// <param name="beta1">β₁, at least 0 and below 1: how slowly the mean gradient changes.</param>
    /// <param name="beta2">β₂, at least 0 and below 1: how slowly the largest gradient is forgotten.</param>
    /// <param name="epsilon">ε, above 0: keeps the divisor away from 0.</param>
    /// <param name="l2Penalty">
    /// λ, at least 0: adds λ·θ to the gradient. PyTorch's <c>weight_decay</c> of this optimizer.
    /// </param>
    /// <param name="weightDecay">λ, at least 0, of decoupled weight decay: subtracts η·λ·θ from each value.</param>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
    public Adamax(
        double learningRate = 2e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double l2Penalty = 0,
        double weightDecay = 0)
        : base(learningRate, beta1, beta2, epsilon, l2Penalty, weightDecay)
    {
    }

    /// <inheritdoc cref="IOptimizer.L2Penalty"/>
    public double L2Penalty => Penalty;

    /// <summary>2 for the mean gradient m and the decaying maximum u.</summary>
    public override int SlotCount => 2;

    /// <summary>The name and the settings, as readable text; one that is 0 or off is left out.</summary>
    /// <returns>For example <c>Adamax: learning rate 0.002, β₁ 0.9, β₂ 0.999, ε 1E-08</c>.</returns>
    public override string ToString() => SettingsText.Of(
        this,
        ("learning rate", LearningRate),
        ("β₁", Beta1),
        ("β₂", Beta2),
        ("ε", Epsilon),
        ("L2 penalty", L2Penalty));

    /// <inheritdoc/>
    public override void Update<T>(Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step)
    {
        var rule = new Rule<T>(
            beta1: T.CreateChecked(Beta1),
            complement1: T.CreateChecked(1 - Beta1),
            beta2: T.CreateChecked(Beta2),
            stepSize: T.CreateChecked(step.LearningRate / (1 - Math.Pow(Beta1, step.Number))),
            epsilon: Floor.Normal<T>(Epsilon));
        UpdateLoop.Run(values, gradient, rule, slots[0], slots[1]);
    }

    private readonly struct Rule<T>(T beta1, T complement1, T beta2, T stepSize, T epsilon) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _beta1 = new(beta1);
        private readonly Vector<T> _complement1 = new(complement1);
        private readonly Vector<T> _beta2 = new(beta2);
        private readonly Vector<T> _stepSize = new(stepSize);
        private readonly Vector<T> _epsilon = new(epsilon);

        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(
            ref Vector<T> value, Vector<T> gradient, ref Vector<T> m, ref Vector<T> u, ref Vector<T> slot2)
        {
            m = (_beta1 * m) + (_complement1 * gradient);
            u = Vector.Max(_beta2 * u, Vector.Abs(gradient) + _epsilon);
            value -= _stepSize * m / u;
        }
    }
}
