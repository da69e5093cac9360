using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Optimizers;

/// <summary>
/// Adam with Nesterov's look ahead: m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², v̂ = v / (1 − β₂ᵗ),
/// m̂ = μₜ₊₁·m / (1 − Πᵢ₌₁ᵗ⁺¹ μᵢ) + (1 − μₜ)·g / (1 − Πᵢ₌₁ᵗ μᵢ), θ ← θ − η·m̂ / (√v̂ + ε), where
/// μᵢ = β₁·(1 − ½·0.96^(ψ·i)).
/// </summary>
/// <remarks>
/// Dozat, "Incorporating Nesterov momentum into Adam" (2016). Defaults are PyTorch's, and so is the formula: the one in
/// its documentation and in its <c>foreach</c> implementation. In version 1.13, the other implementation has one factor
/// μₜ too many in the product up to t + 1. Keras takes η = 0.001, ε = 10⁻⁷ and ψ = 1, which it does not let one set:
/// its momentum μ has grown to β₁ after a hundred steps, PyTorch's, with ψ = 0.004, only after tens of thousands.
/// </remarks>
public sealed class NAdam : AdamFamily
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, above 0.</param>
    /// <param name="beta1">β₁, at least 0 and below 1: how slowly the mean gradient changes.</param>
    /// <param name="beta2">β₂, at least 0 and below 1: how slowly the mean squared gradient changes.</param>
    /// <param name="epsilon">ε, above 0: keeps the divisor away from 0.</param>
    /// <param name="momentumDecay">ψ, at least 0: how fast the momentum μ grows from β₁ / 2 to β₁.</param>
    /// <param name="l2Penalty">
    /// λ, at least 0: adds λ·θ to the gradient. PyTorch's <c>weight_decay</c> of this optimizer.
    /// </param>
    /// <param name="weightDecay">λ, at least 0, of decoupled weight decay: subtracts η·λ·θ from each value.</param>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
    public NAdam(
        double learningRate = 2e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double momentumDecay = 0.004,
        double l2Penalty = 0,
        double weightDecay = 0)
        : base(learningRate, beta1, beta2, epsilon, l2Penalty, weightDecay)
    {
        MomentumDecay = Require.NotNegative(momentumDecay);
    }

    /// <summary>ψ, how fast the momentum μ grows from β₁ / 2 to β₁.</summary>
    public double MomentumDecay { get; }

    /// <inheritdoc cref="IOptimizer.L2Penalty"/>
    public double L2Penalty => Penalty;

    /// <summary>2, for the moments m and v.</summary>
    public override int SlotCount => 2;

    /// <summary>The name and the settings, as readable text; one that is 0 or off is left out.</summary>
    /// <returns>For example <c>NAdam: learning rate 0.002, β₁ 0.9, β₂ 0.999, ε 1E-08</c>.</returns>
    public override string ToString() => SettingsText.Of(
        this,
        ("learning rate", LearningRate),
        ("β₁", Beta1),
        ("β₂", Beta2),
        ("ε", Epsilon),
        ("momentum decay", MomentumDecay),
        ("L2 penalty", L2Penalty));

    /// <inheritdoc/>
    public override void Update<T>(Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step)
    {
        var warming = new WarmingMomentum(Beta1, MomentumDecay);
        double product = warming.Product(step.Number);
        double momentum = warming.At(step.Number);
        double nextMomentum = warming.At(step.Number + 1);

        // As in Adam, both sides of the fraction are multiplied by √(1 − β₂ᵗ).
        double rootCorrection2 = Math.Sqrt(1 - Math.Pow(Beta2, step.Number));
        double scale = step.LearningRate * rootCorrection2;
        var rule = new Rule<T>(
            beta1: T.CreateChecked(Beta1),
            complement1: T.CreateChecked(1 - Beta1),
            beta2: T.CreateChecked(Beta2),
            complement2: T.CreateChecked(1 - Beta2),
            ofMean: T.CreateChecked(scale * nextMomentum / (1 - (product * nextMomentum))),
            ofGradient: T.CreateChecked(scale * (1 - momentum) / (1 - product)),
            epsilon: Floor.RootOfNormal<T>(Epsilon * rootCorrection2));
        UpdateLoop.Run(values, gradient, rule, slots[0], slots[1]);
    }

    private readonly struct Rule<T>(
        T beta1, T complement1, T beta2, T complement2, T ofMean, T ofGradient, T epsilon) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _beta1 = new(beta1);
        private readonly Vector<T> _complement1 = new(complement1);
        private readonly Vector<T> _beta2 = new(beta2);
        private readonly Vector<T> _complement2 = new(complement2);
        private readonly Vector<T> _ofMean = new(ofMean);
        private readonly Vector<T> _ofGradient = new(ofGradient);
        private readonly Vector<T> _epsilon = new(epsilon);

        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(
            ref Vector<T> value, Vector<T> gradient, ref Vector<T> m, ref Vector<T> v, ref Vector<T> slot2)
        {
            m = (_beta1 * m) + (_complement1 * gradient);
            v = (_beta2 * v) + (_complement2 * (gradient * gradient));
            value -= ((_ofMean * m) + (_ofGradient * gradient)) / (Vector.SquareRoot(v) + _epsilon);
        }
    }
}
