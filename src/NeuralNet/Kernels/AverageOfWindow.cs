using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The sum of each channel, divided by a number. Its gradient goes to all pixels in equal parts.</summary>
internal readonly struct AverageOfWindow<TSimd, TVector, T> : IWindowOperator<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Combine(TVector before, TVector pixel) => TSimd.Add(before, pixel);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Finish(TVector combined, TVector count) => TSimd.Divide(combined, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Share(TVector outputGradient, TVector count) => TSimd.Divide(outputGradient, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Take(TVector pixel, TVector output, ref TVector rest) => rest;
}
