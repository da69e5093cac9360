using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// The functions of the gates of recurrent cells, as <see cref="VectorMath"/> has them, for vectors of every width.
/// </summary>
/// <remarks>
/// Far from 0 both have reached their limits in every digit, or the sigmoid 10⁻²⁸, which is why their arguments are
/// bounded: so one exponential without special cases serves both.
/// </remarks>
internal static class LaneMath
{
    // log 2 in two parts, the first with so few bits that a whole number times it is exact.
    private const float Ln2HighSingle = 355f / 512;
    private const float Ln2LowSingle = -2.12194440e-4f;
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Log2E = 1.4426950408889634;
    private const double SigmoidBound = 64;
    private const double TanhBound = 40;

    /// <summary>The logistic sigmoid, 1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes<TSimd, TVector, T> Sigmoid<TSimd, TVector, T>(Lanes<TSimd, TVector, T> x)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        x *= Constant<TSimd, TVector, T>(-1);
        (Lanes<TSimd, TVector, T> expm1, Lanes<TSimd, TVector, T> power) = Reduced(x, SigmoidBound);
        Lanes<TSimd, TVector, T> one = Lanes<TSimd, TVector, T>.One;
        return one / (expm1 + one).MultiplyAdd(power, one);
    }

    /// <summary>tanh x = e / (e + 2) with e = e²ˣ − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes<TSimd, TVector, T> Tanh<TSimd, TVector, T>(Lanes<TSimd, TVector, T> x)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (Lanes<TSimd, TVector, T> expm1, Lanes<TSimd, TVector, T> power) = Reduced(x + x, TanhBound);
        Lanes<TSimd, TVector, T> e = expm1.MultiplyAdd(power, power - Lanes<TSimd, TVector, T>.One);
        return e / (e + Constant<TSimd, TVector, T>(2));
    }

    // x = k·log 2 + r with whole k and |r| ≤ ½ log 2: eʳ − 1 and 2ᵏ.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Lanes<TSimd, TVector, T> Expm1, Lanes<TSimd, TVector, T> Power) Reduced<TSimd, TVector, T>(
        Lanes<TSimd, TVector, T> x, double bound)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool single = typeof(T) == typeof(float);
        x = new(TSimd.Clamp(
            x.Value, Constant<TSimd, TVector, T>(-bound).Value, Constant<TSimd, TVector, T>(bound).Value));
        Lanes<TSimd, TVector, T> rounder =
            Constant<TSimd, TVector, T>(single ? ExponentBits.RounderSingle : ExponentBits.Rounder);
        Lanes<TSimd, TVector, T> k = (x * Constant<TSimd, TVector, T>(Log2E)) + rounder - rounder;
        Lanes<TSimd, TVector, T> r = k.MultiplyAdd(Constant<TSimd, TVector, T>(single ? -Ln2HighSingle : -Ln2High), x);
        r = k.MultiplyAdd(Constant<TSimd, TVector, T>(single ? -Ln2LowSingle : -Ln2Low), r);

        // r + r²/2! + r³/3! + …
        Lanes<TSimd, TVector, T> series;
        if (single)
        {
            series = Constant<TSimd, TVector, T>(1.0 / 40320);
        }
        else
        {
            series = Constant<TSimd, TVector, T>(1.0 / 6227020800);
            series = series.MultiplyAdd(r, Constant<TSimd, TVector, T>(1.0 / 479001600));
            series = series.MultiplyAdd(r, Constant<TSimd, TVector, T>(1.0 / 39916800));
            series = series.MultiplyAdd(r, Constant<TSimd, TVector, T>(1.0 / 3628800));
            series = series.MultiplyAdd(r, Constant<TSimd, TVector, T>(1.0 / 362880));
            series = series.MultiplyAdd(r, Constant<TSimd, TVector, T>(1.0 / 40320));
        }

        series = series.MultiplyAdd(r, Constant<TSimd, TVector, T>(1.0 / 5040));
        series = series.MultiplyAdd(r, Constant<TSimd, TVector, T>(1.0 / 720));
        series = series.MultiplyAdd(r, Constant<TSimd, TVector, T>(1.0 / 120));
        series = series.MultiplyAdd(r, Constant<TSimd, TVector, T>(1.0 / 24));
        series = series.MultiplyAdd(r, Constant<TSimd, TVector, T>(1.0 / 6));
        series = series.MultiplyAdd(r, Constant<TSimd, TVector, T>(0.5));
        return ((r * r).MultiplyAdd(series, r), new(TSimd.PowerOfTwo(k.Value)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes<TSimd, TVector, T> Constant<TSimd, TVector, T>(double c)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(TSimd.Broadcast(
            typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)c) : Unsafe.BitCast<double, T>(c)));
}
