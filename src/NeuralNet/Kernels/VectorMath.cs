using System.Numerics;
using System.Runtime.CompilerServices;
using static NeuralNet.Kernels.ExponentBits;

namespace NeuralNet.Kernels;

/// <summary>
/// Functions of a vector of numbers, for the operators of <see cref="Elementwise"/>. Each is accurate to a few units in
/// the last place of its result, even if that is small, overflows only if its result does, and propagates NaN.
/// </summary>
/// <remarks>
/// The runtime's own <c>Vector.Exp</c> computes float in double, and eˣ − 1 or log(1 + x) computed with its exponential
/// and logarithm lose all digits for small x. Here the coefficients are those of Taylor's series, on intervals so short
/// that few are needed; float needs fewer. Where the code tests <c>typeof(T)</c>, the compiler removes the branch that
/// does not apply.
/// </remarks>
internal static class VectorMath
{
    /// <summary>c in every element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Constant<T>(double c)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? new Vector<float>((float)c).As<float, T>() : new Vector<double>(c).As<double, T>();

    /// <summary>x·y + c, rounded once or twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> MultiplyAdd<T>(Vector<T> x, Vector<T> y, Vector<T> c)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        PlainKernels.IsInterpreted ? (x * y) + c
        : typeof(T) == typeof(float)
            ? Vector.MultiplyAddEstimate(x.As<T, float>(), y.As<T, float>(), c.As<T, float>()).As<float, T>()
            : Vector.MultiplyAddEstimate(x.As<T, double>(), y.As<T, double>(), c.As<T, double>()).As<double, T>();

    /// <summary>x·y + c, rounded once or twice: a step of Horner's scheme.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> MultiplyAdd<T>(Vector<T> x, Vector<T> y, double c)
        where T : unmanaged, IFloatingPointIeee754<T> => MultiplyAdd(x, y, Constant<T>(c));

    /// <summary>Computes the rounding error of a square: x² − (x² as rounded), exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> SquareError<T>(Vector<T> x, Vector<T> square)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float)
            ? Vector.FusedMultiplyAdd(x.As<T, float>(), x.As<T, float>(), -square.As<T, float>()).As<float, T>()
            : Vector.FusedMultiplyAdd(x.As<T, double>(), x.As<T, double>(), -square.As<T, double>()).As<double, T>();

    /// <summary>Returns x if it is at least the bound, else the bound.</summary>
    // NaN compares false, so it is propagated; Vector.Max would do the same, but takes longer.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> AtLeast<T>(Vector<T> x, double min)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Vector.ConditionalSelect(Vector.LessThan(x, Constant<T>(min)), Constant<T>(min), x);

    /// <summary>Returns x if it is at most the bound, else the bound.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> AtMost<T>(Vector<T> x, double max)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Vector.ConditionalSelect(Vector.GreaterThan(x, Constant<T>(max)), Constant<T>(max), x);

    /// <summary>Returns x if it is between the bounds, else the nearer bound.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Clamp<T>(Vector<T> x, double min, double max)
        where T : unmanaged, IFloatingPointIeee754<T> => AtMost(AtLeast(x, min), max);

    /// <summary>eˣ for x ≤ 64.</summary>
    // x = k·log 2 + r with whole k and |r| ≤ ½ log 2, so eˣ = 2ᵏ·eʳ. 2ᵏ is applied in two steps, so that the result may
    // be subnormal. Below the bound eˣ is 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Exp<T>(Vector<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool single = typeof(T) == typeof(float);
        x = AtLeast(x, single ? -105 : -750);
        Vector<T> k = Round(x * Constant<T>(Log2E));
        Vector<T> scaled = (Vector<T>.One + ReducedExpm1(x, k)) * PowerOfTwo(k + Constant<T>(single ? 30 : 64));
        return scaled * Constant<T>(single ? 1.0 / (1L << 30) : 1.0 / (1UL << 63) / 2);
    }

    /// <summary>eˣ for any x.</summary>
    // As above, with 2ᵏ applied in two halves, so that neither overflows where the result does not. The runtime's own
    // computes all elements of a vector in another way if one of them is large, which changes the bits of the others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> ExpOfAny<T>(Vector<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool single = typeof(T) == typeof(float);
        x = Clamp(x, single ? -105 : -750, single ? 90 : 711);
        Vector<T> k = Round(x * Constant<T>(Log2E));
        Vector<T> half = Round(k * Constant<T>(0.5));
        return (Vector<T>.One + ReducedExpm1(x, k)) * PowerOfTwo(half) * PowerOfTwo(k - half);
    }

    /// <summary>log x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Log<T>(Vector<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float)
            ? Vector.Log(x.As<T, float>()).As<float, T>()
            : Vector.Log(x.As<T, double>()).As<double, T>();

    /// <summary>eˣ − 1 for x ≤ 0.</summary>
    // As above: 2ᵏ·eʳ − 1 = 2ᵏ(eʳ − 1) + (2ᵏ − 1), where nothing cancels. Below the bound it is −1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Expm1<T>(Vector<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        x = AtLeast(x, -64);
        Vector<T> k = Round(x * Constant<T>(Log2E));
        Vector<T> power = PowerOfTwo(k);
        return MultiplyAdd(ReducedExpm1(x, k), power, power - Vector<T>.One);
    }

    /// <summary>log(1 + x) for 0 ≤ x ≤ 1.</summary>
    // 2·artanh s with s = x / (2 + x) ≤ 1/3, and artanh s = s + s³/3 + s⁵/5 + …
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Log1p<T>(Vector<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> s = x / (Constant<T>(2) + x);
        Vector<T> square = s * s;
        Vector<T> series;
        if (typeof(T) == typeof(float))
        {
            series = Constant<T>(1.0 / 15);
        }
        else
        {
            series = Constant<T>(1.0 / 33);
            series = MultiplyAdd(series, square, 1.0 / 31);
            series = MultiplyAdd(series, square, 1.0 / 29);
            series = MultiplyAdd(series, square, 1.0 / 27);
            series = MultiplyAdd(series, square, 1.0 / 25);
            series = MultiplyAdd(series, square, 1.0 / 23);
            series = MultiplyAdd(series, square, 1.0 / 21);
            series = MultiplyAdd(series, square, 1.0 / 19);
            series = MultiplyAdd(series, square, 1.0 / 17);
            series = MultiplyAdd(series, square, 1.0 / 15);
        }

        series = MultiplyAdd(series, square, 1.0 / 13);
        series = MultiplyAdd(series, square, 1.0 / 11);
        series = MultiplyAdd(series, square, 1.0 / 9);
        series = MultiplyAdd(series, square, 1.0 / 7);
        series = MultiplyAdd(series, square, 1.0 / 5);
        series = MultiplyAdd(series, square, 1.0 / 3);
        Vector<T> twice = s + s;
        return MultiplyAdd(twice * square, series, twice);
    }

    /// <summary>Computes the logistic sigmoid s = 1 / (1 + e⁻ˣ), and 1 − s with all its digits.</summary>
    // With u = e^−|x|, which does not overflow, they are 1 / (1 + u) and u / (1 + u), the larger first for x ≥ 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Sigmoid, Vector<T> Complement) Sigmoid<T>(Vector<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> u = Exp(-Vector.Abs(x));
        Vector<T> larger = Vector<T>.One / (Vector<T>.One + u);
        Vector<T> smaller = u * larger;
        Vector<T> negative = Vector.LessThan(x, Vector<T>.Zero);
        return (
            Vector.ConditionalSelect(negative, smaller, larger),
            Vector.ConditionalSelect(negative, larger, smaller));
    }

    /// <summary>log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Softplus<T>(Vector<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Vector.Max(x, Vector<T>.Zero) + Log1p(Exp(-Vector.Abs(x)));

    /// <summary>tanh x = −e / (e + 2) with e = e⁻²ˣ − 1 for x ≥ 0, and odd.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Tanh<T>(Vector<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> e = Expm1(Vector.Abs(x) * Constant<T>(-2));
        return Vector.CopySign(e / (e + Constant<T>(2)), x);
    }

    // eʳ − 1 with r = x − k·log 2, |r| ≤ ½ log 2: r + r²/2! + r³/3! + …
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> ReducedExpm1<T>(Vector<T> x, Vector<T> k)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool single = typeof(T) == typeof(float);
        Vector<T> r = MultiplyAdd(k, Constant<T>(single ? -Ln2HighSingle : -Ln2High), x);
        r = MultiplyAdd(k, Constant<T>(single ? -Ln2LowSingle : -Ln2Low), r);

        Vector<T> series;
        if (single)
        {
            series = Constant<T>(1.0 / 40320);
        }
        else
        {
            series = Constant<T>(1.0 / 6227020800);
            series = MultiplyAdd(series, r, 1.0 / 479001600);
            series = MultiplyAdd(series, r, 1.0 / 39916800);
            series = MultiplyAdd(series, r, 1.0 / 3628800);
            series = MultiplyAdd(series, r, 1.0 / 362880);
            series = MultiplyAdd(series, r, 1.0 / 40320);
        }

        series = MultiplyAdd(series, r, 1.0 / 5040);
        series = MultiplyAdd(series, r, 1.0 / 720);
        series = MultiplyAdd(series, r, 1.0 / 120);
        series = MultiplyAdd(series, r, 1.0 / 24);
        series = MultiplyAdd(series, r, 1.0 / 6);
        series = MultiplyAdd(series, r, 0.5);
        return MultiplyAdd(r * r, series, r);
    }

    // The nearest whole number, for |x| up to 2²¹.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Round<T>(Vector<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> rounder = Constant<T>(typeof(T) == typeof(float) ? RounderSingle : Rounder);
        return (x + rounder) - rounder;
    }

    // 2ᵏ for whole k if it is a normal number: 1 with k added to the bits of its exponent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> PowerOfTwo<T>(Vector<T> k)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            Vector<int> exponent = Vector.AsVectorInt32(k.As<T, float>() + new Vector<float>(RounderSingle)) << 23;
            return (exponent + Vector.AsVectorInt32(Vector<float>.One)).As<int, T>();
        }
        else
        {
            Vector<long> exponent = Vector.AsVectorInt64(k.As<T, double>() + new Vector<double>(Rounder)) << 52;
            return (exponent + Vector.AsVectorInt64(Vector<double>.One)).As<long, T>();
        }
    }
}
