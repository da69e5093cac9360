using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Access to all numbers of a vector.</summary>
internal readonly unsafe struct WholeVector<TSimd, TVector, T> : ILaneAccess<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes<TSimd, TVector, T> Load(T* source) => new(TSimd.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* target, Lanes<TSimd, TVector, T> value) => TSimd.Store(target, value.Value);
}
