using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>
/// Sums over the elements of spans that have the same bits whatever the width of the processor's vectors: 64 bytes of
/// elements are added side by side, by one register or by several, and their sums in a fixed order.
/// </summary>
/// <remarks>
/// Element i belongs to lane i mod n of n lanes, sixteen of float and eight of double, and to one of four runs of
/// lanes, which are added pair by pair; then each half of the lanes to the other half, until one is left. The last
/// elements are padded with zeros. Products are added unrounded where the processor can.
/// </remarks>
internal static class LaneSums
{
    /// <summary>Σ xᵢ.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => Run<T, Element<T>>(x, x);

    /// <summary>Σ xᵢ·yᵢ.</summary>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Elementwise.RequireSameLength(y.Length, x.Length);
        return Run<T, Product<T>>(x, y);
    }

    /// <summary>Σ xᵢ².</summary>
    public static T SumOfSquares<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => Run<T, Product<T>>(x, x);

    /// <summary>Σ |xᵢ|.</summary>
    public static T SumOfMagnitudes<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => Run<T, Magnitude<T>>(x, x);

    /// <summary>The sum of the lanes, each half added to the other until one is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Fold<T>(Vector512<T> lanes)
        where T : unmanaged, IFloatingPointIeee754<T> => Fold(lanes.GetLower() + lanes.GetUpper());

    /// <summary>The sum of the lanes, as <see cref="Fold{T}(Vector512{T})"/> adds their last half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Fold<T>(Vector256<T> lanes)
        where T : unmanaged, IFloatingPointIeee754<T> => Fold(lanes.GetLower() + lanes.GetUpper());

    /// <summary>The sum of the lanes, as <see cref="Fold{T}(Vector512{T})"/> adds their last quarter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Fold<T>(Vector128<T> lanes)
        where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float)
            ? lanes[0] + lanes[2] + (lanes[1] + lanes[3])
            : lanes[0] + lanes[1];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Run<T, TTerm>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TTerm : struct, ITerm<T>
    {
        ref T left = ref MemoryMarshal.GetReference(x);
        ref T right = ref MemoryMarshal.GetReference(y);
        int lanes = Vector512<T>.Count;
        Vector512<T> s0 = default, s1 = default, s2 = default, s3 = default;
        int i = 0;
        for (; i <= x.Length - (4 * lanes); i += 4 * lanes)
        {
            s0 = At<T, TTerm>(s0, ref left, ref right, i);
            s1 = At<T, TTerm>(s1, ref left, ref right, i + lanes);
            s2 = At<T, TTerm>(s2, ref left, ref right, i + (2 * lanes));
            s3 = At<T, TTerm>(s3, ref left, ref right, i + (3 * lanes));
        }

        for (; i <= x.Length - lanes; i += lanes)
        {
            s0 = At<T, TTerm>(s0, ref left, ref right, i);
        }

        if (i < x.Length)
        {
            s1 = TTerm.AddTo(s1, LoadPartial(x[i..]), LoadPartial(y[i..]));
        }

        return Fold(s0 + s1 + (s2 + s3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> At<T, TTerm>(Vector512<T> sum, ref T left, ref T right, int i)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TTerm : struct, ITerm<T> =>
        TTerm.AddTo(sum, Vector512.LoadUnsafe(ref left, (nuint)i), Vector512.LoadUnsafe(ref right, (nuint)i));

    private static Vector512<T> LoadPartial<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> padded = default;
        values.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<Vector512<T>, T>(ref padded), Vector512<T>.Count));
        return padded;
    }

    private interface ITerm<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        static abstract Vector512<T> AddTo(Vector512<T> sum, Vector512<T> x, Vector512<T> y);
    }

    private readonly struct Element<T> : ITerm<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> AddTo(Vector512<T> sum, Vector512<T> x, Vector512<T> y) => sum + x;
    }

    private readonly struct Magnitude<T> : ITerm<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> AddTo(Vector512<T> sum, Vector512<T> x, Vector512<T> y) => sum + Vector512.Abs(x);
    }

    private readonly struct Product<T> : ITerm<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> AddTo(Vector512<T> sum, Vector512<T> x, Vector512<T> y) =>
            PlainKernels.IsInterpreted ? (x * y) + sum : Simd512<T>.MultiplyAdd(x, y, sum);
    }
}
