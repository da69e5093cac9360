using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>256-bit registers: AVX2.</summary>
internal readonly unsafe struct Simd256<T> : ISimd<Vector256<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Count => Vector256<T>.Count;

    public static int Registers => 16;

    // 12 accumulators, 3 vectors of the left operand and one broadcast fill the 16 registers exactly.
    public static int TileVectors => 3;

    public static int TileColumns => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadPartial(T* source, int count) => typeof(T) == typeof(float)
        ? Avx.MaskLoad((float*)source, Mask(count).AsSingle()).As<float, T>()
        : Avx.MaskLoad((double*)source, Mask(count).AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* target, Vector256<T> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePartial(T* target, Vector256<T> value, int count)
    {
        if (typeof(T) == typeof(float))
        {
            Avx.MaskStore((float*)target, Mask(count).AsSingle(), value.AsSingle());
        }
        else
        {
            Avx.MaskStore((double*)target, Mask(count).AsDouble(), value.AsDouble());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> left, Vector256<T> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(Vector256<T> left, Vector256<T> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> left, Vector256<T> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Clamp(Vector256<T> value, Vector256<T> low, Vector256<T> high)
    {
        value = Vector256.ConditionalSelect(Vector256.LessThan(value, low), low, value);
        return Vector256.ConditionalSelect(Vector256.GreaterThan(value, high), high, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> PowerOfTwo(Vector256<T> k) => typeof(T) == typeof(float)
        ? (((k.AsSingle() + Vector256.Create(ExponentBits.RounderSingle)).AsInt32() << ExponentBits.ShiftSingle)
            + Vector256<float>.One.AsInt32()).As<int, T>()
        : (((k.AsDouble() + Vector256.Create(ExponentBits.Rounder)).AsInt64() << ExponentBits.Shift)
            + Vector256<double>.One.AsInt64()).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Divide(Vector256<T> left, Vector256<T> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Maximum(Vector256<T> left, Vector256<T> right) => Vector256.Max(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> SelectSameOrNaN(
        Vector256<T> value, Vector256<T> reference, Vector256<T> same, Vector256<T> other) =>
        Vector256.ConditionalSelect(Vector256.Equals(value, reference) | Vector256.IsNaN(value), same, other);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> left, Vector256<T> right, Vector256<T> addend) =>
        typeof(T) == typeof(float)
            ? Vector256.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>()
            : Vector256.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector256<T> value) => LaneSums.Fold(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadLanes(T* source, nint step) =>
        Vector256.Create(Vector128.Load(source), Vector128.Load(source + step));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> InterleaveLow(Vector256<T> even, Vector256<T> odd) => typeof(T) == typeof(float)
        ? Avx.UnpackLow(even.AsSingle(), odd.AsSingle()).As<float, T>()
        : Avx.UnpackLow(even.AsDouble(), odd.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> InterleaveHigh(Vector256<T> even, Vector256<T> odd) => typeof(T) == typeof(float)
        ? Avx.UnpackHigh(even.AsSingle(), odd.AsSingle()).As<float, T>()
        : Avx.UnpackHigh(even.AsDouble(), odd.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Mask(int count) =>
        Vector256.LessThan(Vector256<T>.Indices, Vector256.Create(T.CreateTruncating(count)));
}
