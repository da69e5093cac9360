using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Optimizers;

/// <summary>
/// RMSProp: v ← α·v + (1 − α)·g², d = g / (√v + ε), θ ← θ − η·d. Centred, it divides by the standard deviation:
/// m ← α·m + (1 − α)·g, d = g / (√(v − m²) + ε). With momentum μ: b ← μ·b + d, θ ← θ − η·b.
/// </summary>
/// <remarks>
/// Tieleman and Hinton, "Lecture 6.5: rmsprop" (2012); the centred form is Graves, "Generating sequences with recurrent
/// neural networks" (2013). Defaults are PyTorch's, and so are the momentum, whose b does not contain η, and the place
/// of ε. Keras takes η = 0.001, α = 0.9, ε = 10⁻⁷, has ε under the root, √(v + ε), where it counts as much as √ε =
/// 3·10⁻⁴ beside it, and η within b: b ← μ·b + η·d, θ ← θ − b. Where rounding leaves v − m² below 0, it counts as 0;
/// PyTorch gives NaN there.
/// </remarks>
public sealed class RmsProp : IOptimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, above 0.</param>
    /// <param name="alpha">α, at least 0 and below 1: how slowly the mean squared gradient changes.</param>
    /// <param name="epsilon">ε, above 0: keeps the divisor away from 0.</param>
    /// <param name="momentum">μ, at least 0 and below 1; 0 for none.</param>
    /// <param name="centered">True to subtract the mean gradient; PyTorch's <c>centered</c>.</param>
    /// <param name="l2Penalty">
    /// λ, at least 0: adds λ·θ to the gradient. PyTorch's <c>weight_decay</c> of this optimizer.
    /// </param>
    /// <param name="weightDecay">λ, at least 0, of decoupled weight decay: subtracts η·λ·θ from each value.</param>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
    public RmsProp(
        double learningRate = 0.01,
        double alpha = 0.99,
        double epsilon = 1e-8,
        double momentum = 0,
        bool centered = false,
        double l2Penalty = 0,
        double weightDecay = 0)
    {
        LearningRate = Require.Positive(learningRate);
        Alpha = Require.Fraction(alpha);
        Epsilon = Require.Positive(epsilon);
        Momentum = Require.Fraction(momentum);
        Centered = centered;
        L2Penalty = Require.NotNegative(l2Penalty);
        WeightDecay = Require.NotNegative(weightDecay);
    }

    /// <inheritdoc/>
    public double LearningRate { get; }

    /// <summary>α, how slowly the mean squared gradient changes.</summary>
    public double Alpha { get; }

    /// <summary>ε, which keeps the divisor away from 0.</summary>
    public double Epsilon { get; }

    /// <summary>μ, the momentum; 0 for none.</summary>
    public double Momentum { get; }

    /// <summary>True if the mean gradient is subtracted.</summary>
    public bool Centered { get; }

    /// <inheritdoc/>
    public double L2Penalty { get; }

    /// <inheritdoc/>
    public double WeightDecay { get; }

    /// <summary>1 to 3, in this order: the mean square v; if centred, the mean m; with momentum, b.</summary>
    public int SlotCount => 1 + (Centered ? 1 : 0) + (Momentum > 0 ? 1 : 0);

    /// <summary>The name and the settings, as readable text; one that is 0 or off is left out.</summary>
    /// <returns>For example <c>RmsProp: learning rate 0.01, α 0.99, ε 1E-08</c>.</returns>
    public override string ToString() => SettingsText.Of(
        this,
        ("learning rate", LearningRate),
        ("α", Alpha),
        ("ε", Epsilon),
        ("momentum", Momentum),
        ("centered", Centered),
        ("L2 penalty", L2Penalty));

    /// <inheritdoc/>
    public void Update<T>(Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var rule = new Rule<T>(
            alpha: T.CreateChecked(Alpha),
            complement: T.CreateChecked(1 - Alpha),
            learningRate: T.CreateChecked(step.LearningRate),
            epsilon: Floor.RootOfNormal<T>(Epsilon),
            momentum: T.CreateChecked(Momentum),
            centered: Centered);
        Span<T> mean = Centered ? slots[1] : default;
        Span<T> velocity = Momentum > 0 ? slots[^1] : default;
        UpdateLoop.Run(values, gradient, rule, slots[0], mean, velocity);
    }

    // One rule for all forms: compared to the root and the division, a branch that always goes the same way costs
    // nothing. Without momentum the velocity starts from 0 in every step, so it is d.
    private readonly struct Rule<T>(
        T alpha, T complement, T learningRate, T epsilon, T momentum, bool centered) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _alpha = new(alpha);
        private readonly Vector<T> _complement = new(complement);
        private readonly Vector<T> _learningRate = new(learningRate);
        private readonly Vector<T> _epsilon = new(epsilon);
        private readonly Vector<T> _momentum = new(momentum);
        private readonly bool _centered = centered;

        public static int SlotCount => 3;

        public static bool HasOptionalSlots => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(
            ref Vector<T> value, Vector<T> gradient, ref Vector<T> v, ref Vector<T> m, ref Vector<T> velocity)
        {
            v = (_alpha * v) + (_complement * (gradient * gradient));
            Vector<T> variance = v;
            if (_centered)
            {
                m = (_alpha * m) + (_complement * gradient);
                variance = Vector.Max(v - (m * m), Vector<T>.Zero);
            }

            velocity = (_momentum * velocity) + (gradient / (Vector.SquareRoot(variance) + _epsilon));
            value -= _learningRate * velocity;
        }
    }
}
