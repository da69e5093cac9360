using System.Numerics;
using System.Runtime.Intrinsics;
using NeuralNet.Kernels;

namespace NeuralNet.Tests.Kernels;

/// <summary>128-bit vectors as a processor without multiply-add has them, whatever this one has.</summary>
internal readonly unsafe struct UnfusedSimd128<T> : ISimd<Vector128<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Count => Simd128<T>.Count;

    public static int Registers => Simd128<T>.Registers;

    public static int TileVectors => Simd128<T>.TileVectors;

    public static int TileColumns => Simd128<T>.TileColumns;

    public static Vector128<T> Load(T* source) => Simd128<T>.Load(source);

    public static Vector128<T> LoadPartial(T* source, int count) => Simd128<T>.LoadPartial(source, count);

    public static void Store(T* target, Vector128<T> value) => Simd128<T>.Store(target, value);

    public static void StorePartial(T* target, Vector128<T> value, int count) =>
        Simd128<T>.StorePartial(target, value, count);

    public static Vector128<T> Broadcast(T value) => Simd128<T>.Broadcast(value);

    public static Vector128<T> Add(Vector128<T> left, Vector128<T> right) => left + right;

    public static Vector128<T> Subtract(Vector128<T> left, Vector128<T> right) => left - right;

    public static Vector128<T> Multiply(Vector128<T> left, Vector128<T> right) => left * right;

    public static Vector128<T> Divide(Vector128<T> left, Vector128<T> right) => left / right;

    public static Vector128<T> Clamp(Vector128<T> value, Vector128<T> low, Vector128<T> high) =>
        Simd128<T>.Clamp(value, low, high);

    public static Vector128<T> PowerOfTwo(Vector128<T> k) => Simd128<T>.PowerOfTwo(k);

    public static Vector128<T> Maximum(Vector128<T> left, Vector128<T> right) => Simd128<T>.Maximum(left, right);

    public static Vector128<T> SelectSameOrNaN(
        Vector128<T> value, Vector128<T> reference, Vector128<T> same, Vector128<T> other) =>
        Simd128<T>.SelectSameOrNaN(value, reference, same, other);

    public static Vector128<T> MultiplyAdd(Vector128<T> left, Vector128<T> right, Vector128<T> addend) =>
        (left * right) + addend;

    public static T Sum(Vector128<T> value) => Simd128<T>.Sum(value);

    public static Vector128<T> LoadLanes(T* source, nint step) => Simd128<T>.LoadLanes(source, step);

    public static Vector128<T> InterleaveLow(Vector128<T> even, Vector128<T> odd) =>
        Simd128<T>.InterleaveLow(even, odd);

    public static Vector128<T> InterleaveHigh(Vector128<T> even, Vector128<T> odd) =>
        Simd128<T>.InterleaveHigh(even, odd);
}
