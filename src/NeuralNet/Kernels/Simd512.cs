using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>512-bit registers: AVX-512.</summary>
internal readonly unsafe struct Simd512<T> : ISimd<Vector512<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Count => Vector512<T>.Count;

    public static int Registers => 32;

    // 24 accumulators, 3 vectors of the left operand and one broadcast leave 4 of the 32 registers spare.
    public static int TileVectors => 3;

    public static int TileColumns => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadPartial(T* source, int count) => typeof(T) == typeof(float)
        ? Avx512F.MaskLoad((float*)source, Mask(count).AsSingle(), Vector512<float>.Zero).As<float, T>()
        : Avx512F.MaskLoad((double*)source, Mask(count).AsDouble(), Vector512<double>.Zero).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* target, Vector512<T> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePartial(T* target, Vector512<T> value, int count)
    {
        if (typeof(T) == typeof(float))
        {
            Avx512F.MaskStore((float*)target, Mask(count).AsSingle(), value.AsSingle());
        }
        else
        {
            Avx512F.MaskStore((double*)target, Mask(count).AsDouble(), value.AsDouble());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> left, Vector512<T> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Subtract(Vector512<T> left, Vector512<T> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Multiply(Vector512<T> left, Vector512<T> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Clamp(Vector512<T> value, Vector512<T> low, Vector512<T> high)
    {
        value = Vector512.ConditionalSelect(Vector512.LessThan(value, low), low, value);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(value, high), high, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> PowerOfTwo(Vector512<T> k) => typeof(T) == typeof(float)
        ? (((k.AsSingle() + Vector512.Create(ExponentBits.RounderSingle)).AsInt32() << ExponentBits.ShiftSingle)
            + Vector512<float>.One.AsInt32()).As<int, T>()
        : (((k.AsDouble() + Vector512.Create(ExponentBits.Rounder)).AsInt64() << ExponentBits.Shift)
            + Vector512<double>.One.AsInt64()).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Divide(Vector512<T> left, Vector512<T> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Maximum(Vector512<T> left, Vector512<T> right) => Vector512.Max(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> SelectSameOrNaN(
        Vector512<T> value, Vector512<T> reference, Vector512<T> same, Vector512<T> other) =>
        Vector512.ConditionalSelect(Vector512.Equals(value, reference) | Vector512.IsNaN(value), same, other);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> left, Vector512<T> right, Vector512<T> addend) =>
        typeof(T) == typeof(float)
            ? Vector512.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>()
            : Vector512.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector512<T> value) => LaneSums.Fold(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadLanes(T* source, nint step) =>
        Vector512.Create(Simd256<T>.LoadLanes(source, step), Simd256<T>.LoadLanes(source + (2 * step), step));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> InterleaveLow(Vector512<T> even, Vector512<T> odd) => typeof(T) == typeof(float)
        ? Avx512F.UnpackLow(even.AsSingle(), odd.AsSingle()).As<float, T>()
        : Avx512F.UnpackLow(even.AsDouble(), odd.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> InterleaveHigh(Vector512<T> even, Vector512<T> odd) => typeof(T) == typeof(float)
        ? Avx512F.UnpackHigh(even.AsSingle(), odd.AsSingle()).As<float, T>()
        : Avx512F.UnpackHigh(even.AsDouble(), odd.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Mask(int count) =>
        Vector512.LessThan(Vector512<T>.Indices, Vector512.Create(T.CreateTruncating(count)));
}
