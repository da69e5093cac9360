using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>tanh, with 1 − a² as its derivative.</summary>
internal readonly struct TanhOfCell<T> : ICellActivation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes<TSimd, TVector, T> Value<TSimd, TVector>(Lanes<TSimd, TVector, T> z)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct => LaneMath.Tanh(z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes<TSimd, TVector, T> Derivative<TSimd, TVector>(Lanes<TSimd, TVector, T> a)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct => Lanes<TSimd, TVector, T>.One - (a * a);
}
