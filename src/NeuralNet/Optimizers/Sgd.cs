using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Optimizers;

/// <summary>
/// Stochastic gradient descent. Plain: θ ← θ − η·g. With momentum μ and dampening τ: v ← μ·v + (1 − τ)·g, in the first
/// step v ← g; θ ← θ − η·v. Nesterov's form looks ahead: v ← μ·v + g, θ ← θ − η·(g + μ·v).
/// </summary>
/// <remarks>
/// As PyTorch's <c>SGD</c>: the learning rate is not part of the velocity, so a change of it takes effect at once. In
/// Keras it is: v ← μ·v − η·g, θ ← θ + v, the same as long as η does not change.
/// Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum in deep learning" (2013).
/// PyTorch has no default for η; 0.01 is Keras's. With weight decay it is SGDW: Loshchilov and Hutter, "Decoupled
/// weight decay regularization" (2019), algorithm 1.
/// </remarks>
public sealed class Sgd : IOptimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, above 0.</param>
    /// <param name="momentum">μ, at least 0 and below 1; 0 for none.</param>
    /// <param name="nesterov">True for Nesterov's form, which looks ahead; needs momentum and no dampening.</param>
    /// <param name="dampening">
    /// τ, at least 0 and below 1: the share of the gradient that the velocity leaves out; needs momentum.
    /// </param>
    /// <param name="l2Penalty">
    /// λ, at least 0: adds λ·θ to the gradient. PyTorch's <c>weight_decay</c> of this optimizer.
    /// </param>
    /// <param name="weightDecay">λ, at least 0, of decoupled weight decay: subtracts η·λ·θ from each value.</param>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
    /// <exception cref="ArgumentException">
    /// Nesterov's form or dampening without momentum, or both of them together.
    /// </exception>
    public Sgd(
        double learningRate = 0.01,
        double momentum = 0,
        bool nesterov = false,
        double dampening = 0,
        double l2Penalty = 0,
        double weightDecay = 0)
    {
        LearningRate = Require.Positive(learningRate);
        Momentum = Require.Fraction(momentum);
        Nesterov = nesterov;
        Dampening = Require.Fraction(dampening);
        L2Penalty = Require.NotNegative(l2Penalty);
        WeightDecay = Require.NotNegative(weightDecay);
        if (nesterov && momentum == 0)
        {
            throw new ArgumentException("Nesterov's form needs a momentum above 0.", nameof(nesterov));
        }

        if (dampening > 0 && (momentum == 0 || nesterov))
        {
            throw new ArgumentException(
                "Dampening needs a momentum above 0 that is not Nesterov's.", nameof(dampening));
        }
    }

    /// <inheritdoc/>
    public double LearningRate { get; }

    /// <summary>μ, the momentum; 0 for none.</summary>
    public double Momentum { get; }

    /// <summary>True for Nesterov's form, which looks ahead.</summary>
    public bool Nesterov { get; }

    /// <summary>τ, the share of the gradient that the velocity leaves out.</summary>
    public double Dampening { get; }

    /// <inheritdoc/>
    public double L2Penalty { get; }

    /// <inheritdoc/>
    public double WeightDecay { get; }

    /// <summary>1 with momentum, for the velocity v; else 0.</summary>
    public int SlotCount => Momentum > 0 ? 1 : 0;

    /// <inheritdoc/>
    public bool SkipsZeroGradients => Momentum == 0;

    /// <summary>The name and the settings, as readable text; one that is 0 or off is left out.</summary>
    /// <returns>For example <c>Sgd: learning rate 0.01, momentum 0.9</c>.</returns>
    public override string ToString() => SettingsText.Of(
        this,
        ("learning rate", LearningRate),
        ("momentum", Momentum),
        ("Nesterov", Nesterov),
        ("dampening", Dampening),
        ("L2 penalty", L2Penalty));

    /// <inheritdoc/>
    public void Update<T>(Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T learningRate = T.CreateChecked(step.LearningRate);
        T momentum = T.CreateChecked(Momentum);
        if (Momentum == 0)
        {
            UpdateLoop.Run(values, gradient, new PlainRule<T>(learningRate));
        }
        else if (Nesterov)
        {
            UpdateLoop.Run(values, gradient, new NesterovRule<T>(learningRate, momentum), slots[0]);
        }
        else
        {
            T share = T.CreateChecked(step.Number == 1 ? 1 : 1 - Dampening);
            UpdateLoop.Run(values, gradient, new MomentumRule<T>(learningRate, momentum, share), slots[0]);
        }
    }

    private readonly struct PlainRule<T>(T learningRate) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _learningRate = new(learningRate);

        public static int SlotCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(
            ref Vector<T> value, Vector<T> gradient, ref Vector<T> slot0, ref Vector<T> slot1, ref Vector<T> slot2) =>
            value -= _learningRate * gradient;
    }

    private readonly struct MomentumRule<T>(T learningRate, T momentum, T share) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _learningRate = new(learningRate);
        private readonly Vector<T> _momentum = new(momentum);
        private readonly Vector<T> _share = new(share);

        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(
            ref Vector<T> value, Vector<T> gradient, ref Vector<T> velocity, ref Vector<T> slot1, ref Vector<T> slot2)
        {
            velocity = (_momentum * velocity) + (_share * gradient);
            value -= _learningRate * velocity;
        }
    }

    private readonly struct NesterovRule<T>(T learningRate, T momentum) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _learningRate = new(learningRate);
        private readonly Vector<T> _momentum = new(momentum);

        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(
            ref Vector<T> value, Vector<T> gradient, ref Vector<T> velocity, ref Vector<T> slot1, ref Vector<T> slot2)
        {
            velocity = (_momentum * velocity) + gradient;
            value -= _learningRate * (gradient + (_momentum * velocity));
        }
    }
}
