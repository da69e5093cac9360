using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// Logarithms of some losses that <see cref="VectorMath"/> does not cover.
/// </summary>
internal static class LossMath
{
    /// <summary>Computes log(1 + x) for finite x, with full relative precision even where 1 + x rounds to 1.</summary>
    /// <remarks>
    /// With u = 1 + x as rounded, log(u)/(u − 1) is log(1 + x)/x to within rounding, because that quotient changes
    /// slowly near u = 1, and u − 1 is exact: Goldberg, "What every computer scientist should know about floating-point
    /// arithmetic" (1991), theorem 4.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> LogOnePlus<T>(Vector<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> u = Vector<T>.One + x;
        return Vector.ConditionalSelect(
            Vector.Equals(u, Vector<T>.One), x, VectorMath.Log(u) * (x / (u - Vector<T>.One)));
    }

    /// <summary>Computes log(1 + x) of one number, as above.</summary>
    public static T LogOnePlus<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T u = T.One + x;
        return u == T.One ? x : T.Log(u) * (x / (u - T.One));
    }
}
