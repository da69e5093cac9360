using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>128-bit registers: SSE, with FMA where there is AVX, and AdvSimd.</summary>
internal readonly unsafe struct Simd128<T> : ISimd<Vector128<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Count => Vector128<T>.Count;

    public static int Registers => AdvSimd.Arm64.IsSupported ? 32 : 16;

    // x64 has 16 registers of this width and, without FMA, needs one more for the product: 8 accumulators.
    // Arm64 has 32: 24 accumulators.
    public static int TileVectors => AdvSimd.Arm64.IsSupported ? 3 : 2;

    public static int TileColumns => AdvSimd.Arm64.IsSupported ? 8 : 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* source) => Vector128.Load(source);

    // One element after the other: not every processor has masked loads of this width, and a call to copy memory
    // would make the JIT keep the accumulators of the register tile in memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadPartial(T* source, int count)
    {
        Vector128<T> value = Vector128.CreateScalar(source[0]);
        if (Count > 2 && count > 1)
        {
            value = value.WithElement(1, source[1]);
        }

        if (Count > 2 && count > 2)
        {
            value = value.WithElement(2, source[2]);
        }

        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* target, Vector128<T> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePartial(T* target, Vector128<T> value, int count)
    {
        target[0] = value.ToScalar();
        if (Count > 2 && count > 1)
        {
            target[1] = value.GetElement(1);
        }

        if (Count > 2 && count > 2)
        {
            target[2] = value.GetElement(2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> left, Vector128<T> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Subtract(Vector128<T> left, Vector128<T> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> left, Vector128<T> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Clamp(Vector128<T> value, Vector128<T> low, Vector128<T> high)
    {
        value = Vector128.ConditionalSelect(Vector128.LessThan(value, low), low, value);
        return Vector128.ConditionalSelect(Vector128.GreaterThan(value, high), high, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> PowerOfTwo(Vector128<T> k) => typeof(T) == typeof(float)
        ? (((k.AsSingle() + Vector128.Create(ExponentBits.RounderSingle)).AsInt32() << ExponentBits.ShiftSingle)
            + Vector128<float>.One.AsInt32()).As<int, T>()
        : (((k.AsDouble() + Vector128.Create(ExponentBits.Rounder)).AsInt64() << ExponentBits.Shift)
            + Vector128<double>.One.AsInt64()).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Divide(Vector128<T> left, Vector128<T> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Maximum(Vector128<T> left, Vector128<T> right) => Vector128.Max(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> SelectSameOrNaN(
        Vector128<T> value, Vector128<T> reference, Vector128<T> same, Vector128<T> other) =>
        Vector128.ConditionalSelect(Vector128.Equals(value, reference) | Vector128.IsNaN(value), same, other);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> left, Vector128<T> right, Vector128<T> addend) =>
        PlainKernels.IsInterpreted ? (left * right) + addend
        : typeof(T) == typeof(float)
            ? Vector128.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>()
            : Vector128.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector128<T> value) => LaneSums.Fold(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadLanes(T* source, nint step) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> InterleaveLow(Vector128<T> even, Vector128<T> odd) => typeof(T) == typeof(float)
        ? InterleaveLow(even.AsSingle(), odd.AsSingle()).As<float, T>()
        : InterleaveLow(even.AsDouble(), odd.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> InterleaveHigh(Vector128<T> even, Vector128<T> odd) => typeof(T) == typeof(float)
        ? InterleaveHigh(even.AsSingle(), odd.AsSingle()).As<float, T>()
        : InterleaveHigh(even.AsDouble(), odd.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> even, Vector128<float> odd) =>
        Sse.IsSupported ? Sse.UnpackLow(even, odd)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(even, odd)
        : Vector128.Create(even[0], odd[0], even[1], odd[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> even, Vector128<float> odd) =>
        Sse.IsSupported ? Sse.UnpackHigh(even, odd)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(even, odd)
        : Vector128.Create(even[2], odd[2], even[3], odd[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> InterleaveLow(Vector128<double> even, Vector128<double> odd) =>
        Vector128.Create(even.GetLower(), odd.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> InterleaveHigh(Vector128<double> even, Vector128<double> odd) =>
        Vector128.Create(even.GetUpper(), odd.GetUpper());
}
