using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Access to the first numbers of a vector.</summary>
/// <param name="count">How many, at least 1 and fewer than a vector has.</param>
internal readonly unsafe struct PartOfVector<TSimd, TVector, T>(int count) : ILaneAccess<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes<TSimd, TVector, T> Load(T* source) => new(TSimd.LoadPartial(source, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* target, Lanes<TSimd, TVector, T> value) => TSimd.StorePartial(target, value.Value, count);
}
