namespace NeuralNet.Metrics;

/// <summary>Logarithms that keep their digits where the argument is near 1.</summary>
internal static class Logarithms
{
    /// <summary>log(1 + x); NaN below −1.</summary>
    public static double OfOnePlus(double x)
    {
        // W. Kahan: the rounding of 1 + x cancels in the quotient.
        double sum = 1 + x;
        return sum == 1 || double.IsPositiveInfinity(sum) ? x : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>log(1 − eˣ) for x ≤ 0.</summary>
    public static double OfOneMinusExp(double x) =>
        // M. Mächler, Accurately computing log(1 − exp(−|a|)) (2012).
        x > -Math.Log(2) ? Math.Log(-ExpMinusOne(x)) : OfOnePlus(-Math.Exp(x));

    /// <summary>log σ(z) = −log(1 + e⁻ᶻ).</summary>
    public static double OfSigmoid(double z) => Math.Min(z, 0) - OfOnePlus(Math.Exp(-Math.Abs(z)));

    private static double ExpMinusOne(double x)
    {
        // W. Kahan, as above.
        double power = Math.Exp(x);
        return power == 1 ? x : (power - 1) * (x / Math.Log(power));
    }
}
