using System.Numerics;
using System.Runtime.CompilerServices;
using static NeuralNet.Kernels.ExponentBits;

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
    private const double SigmoidBound = 64;
    private const double TanhBound = 40;

    /// <summary>The logistic sigmoid, 1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes<TSimd, TVector, T> Sigmoid<TSimd, TVector, T>(Lanes<TSimd, TVector, T> x)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged, IFloatingPointIeee754<T> => new(Sigmoid<TSimd, TVector, T>(x.Value));

    /// <summary>tanh x = e / (e + 2) with e = e²ˣ − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes<TSimd, TVector, T> Tanh<TSimd, TVector, T>(Lanes<TSimd, TVector, T> x)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged, IFloatingPointIeee754<T> => new(Tanh<TSimd, TVector, T>(x.Value));

    // Written without operators, and not inlined: of code that is nested too deeply, the compiler gives up on parts.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static TVector Sigmoid<TSimd, TVector, T>(TVector x)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TVector one = TSimd.Broadcast(T.One);
        TVector minus = TSimd.Subtract(default, x);
        TVector power = Reduce<TSimd, TVector, T>(ref minus, SigmoidBound);
        return TSimd.Divide(one, TSimd.MultiplyAdd(TSimd.Add(minus, one), power, one));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static TVector Tanh<TSimd, TVector, T>(TVector x)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TVector twice = TSimd.Add(x, x);
        TVector power = Reduce<TSimd, TVector, T>(ref twice, TanhBound);
        TVector e = TSimd.MultiplyAdd(twice, power, TSimd.Subtract(power, TSimd.Broadcast(T.One)));
        return TSimd.Divide(e, TSimd.Add(e, Constant<TSimd, TVector, T>(2)));
    }

    // x = k·log 2 + r with whole k and |r| ≤ ½ log 2: makes eʳ − 1 of x and gives 2ᵏ.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Reduce<TSimd, TVector, T>(ref TVector x, double bound)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool single = typeof(T) == typeof(float);
        TVector y = TSimd.Clamp(x, Constant<TSimd, TVector, T>(-bound), Constant<TSimd, TVector, T>(bound));
        TVector rounder =
            Constant<TSimd, TVector, T>(single ? RounderSingle : Rounder);
        TVector k = TSimd.Subtract(
            TSimd.Add(TSimd.Multiply(y, Constant<TSimd, TVector, T>(Log2E)), rounder), rounder);
        TVector r = TSimd.MultiplyAdd(k, Constant<TSimd, TVector, T>(single ? -Ln2HighSingle : -Ln2High), y);
        r = TSimd.MultiplyAdd(k, Constant<TSimd, TVector, T>(single ? -Ln2LowSingle : -Ln2Low), r);

        // r + r²/2! + r³/3! + …
        TVector series;
        if (single)
        {
            series = Constant<TSimd, TVector, T>(1.0 / 40320);
        }
        else
        {
            series = Constant<TSimd, TVector, T>(1.0 / 6227020800);
            series = TSimd.MultiplyAdd(series, r, Constant<TSimd, TVector, T>(1.0 / 479001600));
            series = TSimd.MultiplyAdd(series, r, Constant<TSimd, TVector, T>(1.0 / 39916800));
            series = TSimd.MultiplyAdd(series, r, Constant<TSimd, TVector, T>(1.0 / 3628800));
            series = TSimd.MultiplyAdd(series, r, Constant<TSimd, TVector, T>(1.0 / 362880));
            series = TSimd.MultiplyAdd(series, r, Constant<TSimd, TVector, T>(1.0 / 40320));
        }

        series = TSimd.MultiplyAdd(series, r, Constant<TSimd, TVector, T>(1.0 / 5040));
        series = TSimd.MultiplyAdd(series, r, Constant<TSimd, TVector, T>(1.0 / 720));
        series = TSimd.MultiplyAdd(series, r, Constant<TSimd, TVector, T>(1.0 / 120));
        series = TSimd.MultiplyAdd(series, r, Constant<TSimd, TVector, T>(1.0 / 24));
        series = TSimd.MultiplyAdd(series, r, Constant<TSimd, TVector, T>(1.0 / 6));
        series = TSimd.MultiplyAdd(series, r, Constant<TSimd, TVector, T>(0.5));
        x = TSimd.MultiplyAdd(TSimd.Multiply(r, r), series, r);
        return TSimd.PowerOfTwo(k);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Constant<TSimd, TVector, T>(double c)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TSimd.Broadcast(
            typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)c) : Unsafe.BitCast<double, T>(c));
}
