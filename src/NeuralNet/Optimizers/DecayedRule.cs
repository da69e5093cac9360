using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet.Optimizers;

/// <summary>
/// Adds decoupled weight decay to any update rule: θ ← θ − η·λ·θ before the rule, and not part of its gradient.
/// </summary>
internal static class DecayedRule
{
    /// <summary>Runs a rule over all elements, with the decay unless λ is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T, TRule>(
        Span<T> values,
        ReadOnlySpan<T> gradient,
        TRule rule,
        double learningRate,
        double weightDecay,
        Span<T> slot0 = default,
        Span<T> slot1 = default,
        Span<T> slot2 = default)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule<T>
    {
        if (weightDecay == 0)
        {
            UpdateLoop.Run(values, gradient, rule, slot0, slot1, slot2);
        }
        else
        {
            var decayed = new Decayed<T, TRule>(rule, T.CreateChecked(learningRate * weightDecay));
            UpdateLoop.Run(values, gradient, decayed, slot0, slot1, slot2);
        }
    }

    // θ − (η·λ)·θ and not (1 − η·λ)·θ: in float, 1 − η·λ would round away most digits of a small η·λ.
    private readonly struct Decayed<T, TRule>(TRule rule, T decay) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule<T>
    {
        private readonly TRule _rule = rule;
        private readonly Vector<T> _decay = new(decay);

        public static int SlotCount => TRule.SlotCount;

        public static bool HasOptionalSlots => TRule.HasOptionalSlots;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(
            ref Vector<T> value, Vector<T> gradient, ref Vector<T> slot0, ref Vector<T> slot1, ref Vector<T> slot2)
        {
            value -= _decay * value;
            _rule.Apply(ref value, gradient, ref slot0, ref slot1, ref slot2);
        }
    }
}
