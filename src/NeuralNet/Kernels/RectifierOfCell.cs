using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>max(z, 0), with 1 where it is above 0 and else 0 as its derivative. NaN stays NaN.</summary>
internal readonly struct RectifierOfCell<T> : ICellActivation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes<TSimd, TVector, T> Value<TSimd, TVector>(Lanes<TSimd, TVector, T> z)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct => new(TSimd.Maximum(z.Value, TSimd.Broadcast(T.Zero)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes<TSimd, TVector, T> Derivative<TSimd, TVector>(Lanes<TSimd, TVector, T> a)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
    {
        TVector zero = TSimd.Broadcast(T.Zero);
        return new(TSimd.SelectSameOrNaN(a.Value, zero, zero, TSimd.Broadcast(T.One)));
    }
}
