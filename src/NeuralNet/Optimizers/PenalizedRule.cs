using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet.Optimizers;

/// <summary>Adds an L2 penalty to any update rule: g ← g + λ·θ before the rule, the gradient of ½·λ·‖θ‖².</summary>
internal static class PenalizedRule
{
    /// <summary>Runs a rule over all elements, with the penalty unless λ is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T, TRule>(
        Span<T> values,
        ReadOnlySpan<T> gradient,
        TRule rule,
        double l2Penalty,
        Span<T> slot0 = default,
        Span<T> slot1 = default,
        Span<T> slot2 = default)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule<T>
    {
        if (l2Penalty == 0)
        {
            UpdateLoop.Run(values, gradient, rule, slot0, slot1, slot2);
        }
        else
        {
            var penalized = new Penalized<T, TRule>(rule, T.CreateChecked(l2Penalty));
            UpdateLoop.Run(values, gradient, penalized, slot0, slot1, slot2);
        }
    }

    private readonly struct Penalized<T, TRule>(TRule rule, T l2Penalty) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule<T>
    {
        private readonly TRule _rule = rule;
        private readonly Vector<T> _l2Penalty = new(l2Penalty);

        public static int SlotCount => TRule.SlotCount;

        public static bool HasOptionalSlots => TRule.HasOptionalSlots;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(
            ref Vector<T> value, Vector<T> gradient, ref Vector<T> slot0, ref Vector<T> slot1, ref Vector<T> slot2) =>
            _rule.Apply(ref value, gradient + (_l2Penalty * value), ref slot0, ref slot1, ref slot2);
    }
}
