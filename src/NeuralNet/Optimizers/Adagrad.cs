using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Optimizers;

/// <summary>
/// Adagrad: s ← s + g², θ ← θ − η / (1 + (t − 1)·κ) · g / (√s + ε), where s starts at s₀. Each element has its own
/// rate, which falls as its squared gradients add up.
/// </summary>
/// <remarks>
/// Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic optimization" (2011).
/// Defaults and the place of ε are PyTorch's; Keras takes η = 0.001, s₀ = 0.1, ε = 10⁻⁷, has ε under the root, √(s +
/// ε), and has no κ.
/// </remarks>
public sealed class Adagrad : IOptimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, above 0.</param>
    /// <param name="learningRateDecay">κ, at least 0: how fast the rate falls with the number t of steps.</param>
    /// <param name="initialAccumulator">s₀, at least 0: the value that the sum of squares s starts at.</param>
    /// <param name="epsilon">ε, above 0: keeps the divisor away from 0.</param>
    /// <param name="l2Penalty">
    /// λ, at least 0: adds λ·θ to the gradient. PyTorch's <c>weight_decay</c> of this optimizer.
    /// </param>
    /// <param name="weightDecay">λ, at least 0, of decoupled weight decay: subtracts η·λ·θ from each value.</param>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
    public Adagrad(
        double learningRate = 0.01,
        double learningRateDecay = 0,
        double initialAccumulator = 0,
        double epsilon = 1e-10,
        double l2Penalty = 0,
        double weightDecay = 0)
    {
        LearningRate = Require.Positive(learningRate);
        LearningRateDecay = Require.NotNegative(learningRateDecay);
        InitialAccumulator = Require.NotNegative(initialAccumulator);
        Epsilon = Require.Positive(epsilon);
        L2Penalty = Require.NotNegative(l2Penalty);
        WeightDecay = Require.NotNegative(weightDecay);
    }

    /// <inheritdoc/>
    public double LearningRate { get; }

    /// <summary>κ, how fast the rate falls with the number of steps.</summary>
    public double LearningRateDecay { get; }

    /// <summary>s₀, the value that the sum of squares s starts at.</summary>
    public double InitialAccumulator { get; }

    /// <summary>ε, which keeps the divisor away from 0.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public double L2Penalty { get; }

    /// <inheritdoc/>
    public double WeightDecay { get; }

    /// <summary>1: the sum of squares s.</summary>
    public int SlotCount => 1;

    /// <inheritdoc/>
    public bool SkipsZeroGradients => InitialAccumulator == 0;

    /// <summary>The name and the settings, as readable text; one that is 0 or off is left out.</summary>
    /// <returns>For example <c>Adagrad: learning rate 0.01, ε 1E-10</c>.</returns>
    public override string ToString() => SettingsText.Of(
        this,
        ("learning rate", LearningRate),
        ("decay", LearningRateDecay),
        ("initial accumulator", InitialAccumulator),
        ("ε", Epsilon),
        ("L2 penalty", L2Penalty));

    /// <inheritdoc/>
    public void Update<T>(Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Slots start at 0, so the first step adds s₀.
        var rule = new Rule<T>(
            start: T.CreateChecked(step.Number == 1 ? InitialAccumulator : 0),
            stepSize: T.CreateChecked(step.LearningRate / (1 + ((step.Number - 1) * LearningRateDecay))),
            epsilon: Floor.RootOfNormal<T>(Epsilon));
        UpdateLoop.Run(values, gradient, rule, slots[0]);
    }

    private readonly struct Rule<T>(T start, T stepSize, T epsilon) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _start = new(start);
        private readonly Vector<T> _stepSize = new(stepSize);
        private readonly Vector<T> _epsilon = new(epsilon);

        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(
            ref Vector<T> value, Vector<T> gradient, ref Vector<T> sum, ref Vector<T> slot1, ref Vector<T> slot2)
        {
            sum = sum + _start + (gradient * gradient);
            value -= _stepSize * gradient / (Vector.SquareRoot(sum) + _epsilon);
        }
    }
}
