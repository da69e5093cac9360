using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Optimizers;

/// <summary>
/// Stochastic gradient descent. Plain: θ ← θ − η·g. With momentum μ: v ← μ·v + g, θ ← θ − η·v. Nesterov's form looks
/// ahead: θ ← θ − η·(g + μ·v).
/// </summary>
/// <remarks>
/// As PyTorch's <c>SGD</c>: the learning rate stands outside the velocity, so changing it acts at once. Sutskever,
/// Martens, Dahl and Hinton, "On the importance of initialization and momentum in deep learning" (2013).
/// </remarks>
public sealed class Sgd : IOptimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, above 0.</param>
    /// <param name="momentum">μ, at least 0 and below 1; 0 for none.</param>
    /// <param name="nesterov">Whether to look ahead; needs momentum.</param>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
    /// <exception cref="ArgumentException">Nesterov without momentum.</exception>
    public Sgd(double learningRate = 0.01, double momentum = 0, bool nesterov = false)
    {
        Require.Positive(learningRate);
        Require.Fraction(momentum);
        if (nesterov && momentum == 0)
        {
            throw new ArgumentException("Nesterov's form needs a momentum above 0.", nameof(nesterov));
        }

        LearningRate = learningRate;
        Momentum = momentum;
        Nesterov = nesterov;
    }

    /// <inheritdoc/>
    public double LearningRate { get; }

    /// <summary>μ.</summary>
    public double Momentum { get; }

    /// <summary>Whether it looks ahead.</summary>
    public bool Nesterov { get; }

    /// <summary>1 with momentum, the velocity v; else 0.</summary>
    public int SlotCount => Momentum > 0 ? 1 : 0;

    /// <inheritdoc/>
    public void Update<T>(Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T learningRate = T.CreateChecked(step.LearningRate);
        T momentum = T.CreateChecked(Momentum);
        if (Momentum == 0)
        {
            UpdateLoop.Run(values, gradient, default, default, new PlainRule<T>(learningRate));
        }
        else if (Nesterov)
        {
            UpdateLoop.Run(values, gradient, slots[0], default, new NesterovRule<T>(learningRate, momentum));
        }
        else
        {
            UpdateLoop.Run(values, gradient, slots[0], default, new MomentumRule<T>(learningRate, momentum));
        }
    }

    private readonly struct PlainRule<T>(T learningRate) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _learningRate = new(learningRate);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref Vector<T> value, Vector<T> gradient, ref Vector<T> slot0, ref Vector<T> slot1) =>
            value -= _learningRate * gradient;
    }

    private readonly struct MomentumRule<T>(T learningRate, T momentum) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _learningRate = new(learningRate);
        private readonly Vector<T> _momentum = new(momentum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref Vector<T> value, Vector<T> gradient, ref Vector<T> velocity, ref Vector<T> slot1)
        {
            velocity = (_momentum * velocity) + gradient;
            value -= _learningRate * velocity;
        }
    }

    private readonly struct NesterovRule<T>(T learningRate, T momentum) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _learningRate = new(learningRate);
        private readonly Vector<T> _momentum = new(momentum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref Vector<T> value, Vector<T> gradient, ref Vector<T> velocity, ref Vector<T> slot1)
        {
            velocity = (_momentum * velocity) + gradient;
            value -= _learningRate * (gradient + (_momentum * velocity));
        }
    }
}
