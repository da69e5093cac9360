using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuralNet.Kernels;

/// <summary>
/// Runs an update rule over a parameter in one pass over memory. As in <see cref="Elementwise"/>, the last elements go
/// through the same formula, padded. A slot that the rule does not have is an empty span.
/// </summary>
internal static class UpdateLoop
{
    /// <summary>Applies the rule to every element.</summary>
    // Optimized from the first call on: a short training would be half over before the runtime gets to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, TRule>(
        Span<T> values, ReadOnlySpan<T> gradient, Span<T> slot0, Span<T> slot1, TRule rule)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule<T>
    {
        RequireLength(gradient.Length, values.Length);
        RequireLength(slot0.IsEmpty ? values.Length : slot0.Length, values.Length);
        RequireLength(slot1.IsEmpty ? values.Length : slot1.Length, values.Length);
        ref T value = ref MemoryMarshal.GetReference(values);
        ref T derivative = ref MemoryMarshal.GetReference(gradient);
        ref T first = ref MemoryMarshal.GetReference(slot0);
        ref T second = ref MemoryMarshal.GetReference(slot1);
        bool hasFirst = !slot0.IsEmpty;
        bool hasSecond = !slot1.IsEmpty;

        Vector<T> s0 = default;
        Vector<T> s1 = default;
        int i = 0;
        for (; i <= values.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            nuint at = (nuint)i;
            Vector<T> v = Vector.LoadUnsafe(ref value, at);
            if (hasFirst)
            {
                s0 = Vector.LoadUnsafe(ref first, at);
            }

            if (hasSecond)
            {
                s1 = Vector.LoadUnsafe(ref second, at);
            }

            rule.Apply(ref v, Vector.LoadUnsafe(ref derivative, at), ref s0, ref s1);
            v.StoreUnsafe(ref value, at);
            if (hasFirst)
            {
                s0.StoreUnsafe(ref first, at);
            }

            if (hasSecond)
            {
                s1.StoreUnsafe(ref second, at);
            }
        }

        if (i < values.Length)
        {
            Vector<T> v = Elementwise.LoadPartial<T>(values[i..]);
            s0 = hasFirst ? Elementwise.LoadPartial<T>(slot0[i..]) : default;
            s1 = hasSecond ? Elementwise.LoadPartial<T>(slot1[i..]) : default;
            rule.Apply(ref v, Elementwise.LoadPartial(gradient[i..]), ref s0, ref s1);
            Elementwise.StorePartial(v, values[i..]);
            Elementwise.StorePartial(s0, hasFirst ? slot0[i..] : default);
            Elementwise.StorePartial(s1, hasSecond ? slot1[i..] : default);
        }
    }

    private static void RequireLength(int length, int expected)
    {
        if (length != expected)
        {
            throw new ArgumentException(
                $"Values, gradient and slots must be of one length, but there are {expected} and {length} elements.");
        }
    }
}
