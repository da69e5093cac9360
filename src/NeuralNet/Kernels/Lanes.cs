using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// A vector with the operators of numbers, so that equations written once for vectors of every width read as such.
/// </summary>
internal readonly struct Lanes<TSimd, TVector, T>(TVector value)
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>1 in every lane.</summary>
    public static Lanes<TSimd, TVector, T> One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(TSimd.Broadcast(T.One));
    }

    /// <summary>The vector.</summary>
    public TVector Value { get; } = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes<TSimd, TVector, T> operator +(Lanes<TSimd, TVector, T> left, Lanes<TSimd, TVector, T> right) =>
        new(TSimd.Add(left.Value, right.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes<TSimd, TVector, T> operator -(Lanes<TSimd, TVector, T> left, Lanes<TSimd, TVector, T> right) =>
        new(TSimd.Subtract(left.Value, right.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes<TSimd, TVector, T> operator *(Lanes<TSimd, TVector, T> left, Lanes<TSimd, TVector, T> right) =>
        new(TSimd.Multiply(left.Value, right.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes<TSimd, TVector, T> operator /(Lanes<TSimd, TVector, T> left, Lanes<TSimd, TVector, T> right) =>
        new(TSimd.Divide(left.Value, right.Value));

    /// <summary>This · factor + addend, rounded once or twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes<TSimd, TVector, T> MultiplyAdd(Lanes<TSimd, TVector, T> factor, Lanes<TSimd, TVector, T> addend) =>
        new(TSimd.MultiplyAdd(Value, factor.Value, addend.Value));
}
