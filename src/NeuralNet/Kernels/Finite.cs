using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuralNet.Kernels;

/// <summary>Checks for NaN and infinity.</summary>
internal static class Finite
{
    /// <summary>True if every value is finite.</summary>
    /// <remarks>0·x is 0 for a finite x, else NaN, and a sum with a NaN is NaN: one pass without a branch.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool All<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref T start = ref MemoryMarshal.GetReference(values);
        Vector<T> s0 = default, s1 = default, s2 = default, s3 = default;
        int count = Vector<T>.Count;
        int i = 0;
        for (; i <= values.Length - (4 * count); i += 4 * count)
        {
            s0 += Vector<T>.Zero * Vector.LoadUnsafe(ref start, (nuint)i);
            s1 += Vector<T>.Zero * Vector.LoadUnsafe(ref start, (nuint)(i + count));
            s2 += Vector<T>.Zero * Vector.LoadUnsafe(ref start, (nuint)(i + (2 * count)));
            s3 += Vector<T>.Zero * Vector.LoadUnsafe(ref start, (nuint)(i + (3 * count)));
        }

        s0 += s1 + s2 + s3;
        T rest = T.Zero;
        for (; i < values.Length; i++)
        {
            rest += T.Zero * values[i];
        }

        return Vector.EqualsAll(s0, s0) && !T.IsNaN(rest);
    }
}
