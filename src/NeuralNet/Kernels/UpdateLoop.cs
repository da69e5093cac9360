using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuralNet.Kernels;

/// <summary>
/// Runs an update rule over a parameter in one pass over memory. As in <see cref="Elementwise"/>, the last elements are
/// padded and go through the same formula. A slot that the rule does not have, or an optional one that it does not use,
/// is an empty span. Slots hold normal numbers or 0.
/// </summary>
internal static class UpdateLoop
{
    /// <summary>Applies the rule to every element.</summary>
    // Optimized from the first call on: a short training would be half over before the runtime optimizes it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, TRule>(
        Span<T> values,
        ReadOnlySpan<T> gradient,
        TRule rule,
        Span<T> slot0 = default,
        Span<T> slot1 = default,
        Span<T> slot2 = default)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule<T>
    {
        bool hasFirst = TRule.SlotCount > 0 && !(TRule.HasOptionalSlots && slot0.IsEmpty);
        bool hasSecond = TRule.SlotCount > 1 && !(TRule.HasOptionalSlots && slot1.IsEmpty);
        bool hasThird = TRule.SlotCount > 2 && !(TRule.HasOptionalSlots && slot2.IsEmpty);
        RequireLength(gradient.Length, values.Length);
        RequireLength(slot0.Length, hasFirst ? values.Length : 0);
        RequireLength(slot1.Length, hasSecond ? values.Length : 0);
        RequireLength(slot2.Length, hasThird ? values.Length : 0);
        ref T value = ref MemoryMarshal.GetReference(values);
        ref T derivative = ref MemoryMarshal.GetReference(gradient);
        ref T first = ref MemoryMarshal.GetReference(slot0);
        ref T second = ref MemoryMarshal.GetReference(slot1);
        ref T third = ref MemoryMarshal.GetReference(slot2);

        int i = 0;
        for (; i <= values.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            nuint at = (nuint)i;
            Vector<T> v = Vector.LoadUnsafe(ref value, at);
            Vector<T> s0 = hasFirst ? Vector.LoadUnsafe(ref first, at) : default;
            Vector<T> s1 = hasSecond ? Vector.LoadUnsafe(ref second, at) : default;
            Vector<T> s2 = hasThird ? Vector.LoadUnsafe(ref third, at) : default;
            rule.Apply(ref v, Vector.LoadUnsafe(ref derivative, at), ref s0, ref s1, ref s2);
            v.StoreUnsafe(ref value, at);
            if (hasFirst)
            {
                WithoutSubnormals(s0).StoreUnsafe(ref first, at);
            }

            if (hasSecond)
            {
                WithoutSubnormals(s1).StoreUnsafe(ref second, at);
            }

            if (hasThird)
            {
                WithoutSubnormals(s2).StoreUnsafe(ref third, at);
            }
        }

        if (i < values.Length)
        {
            Vector<T> v = Elementwise.LoadPartial<T>(values[i..]);
            Vector<T> s0 = hasFirst ? Elementwise.LoadPartial<T>(slot0[i..]) : default;
            Vector<T> s1 = hasSecond ? Elementwise.LoadPartial<T>(slot1[i..]) : default;
            Vector<T> s2 = hasThird ? Elementwise.LoadPartial<T>(slot2[i..]) : default;
            rule.Apply(ref v, Elementwise.LoadPartial(gradient[i..]), ref s0, ref s1, ref s2);
            Elementwise.StorePartial(v, values[i..]);
            Elementwise.StorePartial(WithoutSubnormals(s0), hasFirst ? slot0[i..] : default);
            Elementwise.StorePartial(WithoutSubnormals(s1), hasSecond ? slot1[i..] : default);
            Elementwise.StorePartial(WithoutSubnormals(s2), hasThird ? slot2[i..] : default);
        }
    }

    /// <summary>
    /// Replaces values that have decayed below the normal numbers by 0. Otherwise they would stay there, because 0.9
    /// times the smallest subnormal number rounds to itself, and processors compute with subnormal numbers slowly.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> WithoutSubnormals<T>(Vector<T> slot)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Vector.ConditionalSelect(Vector.IsSubnormal(slot), Vector<T>.Zero, slot);

    private static void RequireLength(int length, int expected)
    {
        if (length != expected)
        {
            throw new ArgumentException(
                "Values, gradient and the slots of the rule must be of one length, but there are "
                + $"{length} elements where {expected} are expected.");
        }
    }
}
