using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Optimizers;

/// <summary>
/// Rectified Adam, which is Adam with a built-in warm-up: m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², m̂ = m / (1 −
/// β₁ᵗ), ρ∞ = 2 / (1 − β₂) − 1, ρₜ = ρ∞ − 2·t·β₂ᵗ / (1 − β₂ᵗ). While ρₜ ≤ 5: θ ← θ − η·m̂. After that: r = √((ρₜ −
/// 4)(ρₜ − 2)·ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)·ρₜ)), θ ← θ − η·r·m̂·√(1 − β₂ᵗ) / (√v + ε).
/// </summary>
/// <remarks>
/// Liu, Jiang, He, Chen, Liu, Gao and Han, "On the variance of the adaptive learning rate and beyond" (2020), algorithm
/// 2. Defaults, the bound 5 (the paper's is 4) and the position of ε (the paper has none) are PyTorch's.
/// </remarks>
public sealed class RAdam : AdamFamily
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, above 0.</param>
    /// <param name="beta1">β₁, at least 0 and below 1: how slowly the mean gradient changes.</param>
    /// <param name="beta2">β₂, at least 0 and below 1: how slowly the mean squared gradient changes.</param>
    /// <param name="epsilon">ε, above 0: keeps the divisor away from 0.</param>
    /// <param name="l2Penalty">
    /// λ, at least 0: adds λ·θ to the gradient. PyTorch's <c>weight_decay</c> of this optimizer.
    /// </param>
    /// <param name="weightDecay">λ, at least 0, of decoupled weight decay: subtracts η·λ·θ from each value.</param>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
    public RAdam(
        double learningRate = 1e-3,
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

    /// <summary>2, for the moments m and v.</summary>
    public override int SlotCount => 2;

    /// <summary>The name and the settings, as readable text; one that is 0 or off is left out.</summary>
    /// <returns>For example <c>RAdam: learning rate 0.001, β₁ 0.9, β₂ 0.999, ε 1E-08</c>.</returns>
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
        double power2 = Math.Pow(Beta2, step.Number);
        double limit = (2 / (1 - Beta2)) - 1;
        double length = limit - (2 * step.Number * power2 / (1 - power2));
        bool adapts = length > 5;
        double rectification = adapts
            ? Math.Sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length) * (1 - power2))
            : 1;
        var rule = new Rule<T>(
            beta1: T.CreateChecked(Beta1),
            complement1: T.CreateChecked(1 - Beta1),
            beta2: T.CreateChecked(Beta2),
            complement2: T.CreateChecked(1 - Beta2),
            stepSize: T.CreateChecked(step.LearningRate * rectification / (1 - Math.Pow(Beta1, step.Number))),
            epsilon: Floor.RootOfNormal<T>(Epsilon),
            adapts);
        UpdateLoop.Run(values, gradient, rule, slots[0], slots[1]);
    }

    private readonly struct Rule<T>(
        T beta1, T complement1, T beta2, T complement2, T stepSize, T epsilon, bool adapts) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _beta1 = new(beta1);
        private readonly Vector<T> _complement1 = new(complement1);
        private readonly Vector<T> _beta2 = new(beta2);
        private readonly Vector<T> _complement2 = new(complement2);
        private readonly Vector<T> _stepSize = new(stepSize);
        private readonly Vector<T> _epsilon = new(epsilon);
        private readonly bool _adapts = adapts;

        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(
            ref Vector<T> value, Vector<T> gradient, ref Vector<T> m, ref Vector<T> v, ref Vector<T> slot2)
        {
            m = (_beta1 * m) + (_complement1 * gradient);
            v = (_beta2 * v) + (_complement2 * (gradient * gradient));
            Vector<T> delta = _stepSize * m;
            value -= _adapts ? delta / (Vector.SquareRoot(v) + _epsilon) : delta;
        }
    }
}
