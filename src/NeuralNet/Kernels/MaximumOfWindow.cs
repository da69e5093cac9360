using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// The largest value of each channel; NaN where one is among them. Its gradient goes to the first pixel that holds it.
/// </summary>
internal readonly struct MaximumOfWindow<TSimd, TVector, T> : IWindowOperator<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Combine(TVector before, TVector pixel) => TSimd.Maximum(before, pixel);

    public static TVector Finish(TVector combined, TVector count) => combined;

    public static TVector Share(TVector outputGradient, TVector count) => outputGradient;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Take(TVector pixel, TVector output, ref TVector rest)
    {
        TVector all = rest;
        rest = TSimd.SelectSameOrNaN(pixel, output, default, all);
        return TSimd.SelectSameOrNaN(pixel, output, all, default);
    }
}
