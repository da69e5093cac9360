
namespace NeuralNet.GradientChecks;

/// <summary>The derivative of a sum by central differences, with an estimate of its error.</summary>
/// <remarks>
/// <para>
/// D(h) = (f(x + h) − f(x − h)) / 2h errs by c₂h² + c₄h⁴ + …, and rounding adds about ε·|f|/h. Richardson's
/// combinations of D(h), D(h/2) and D(h/4) cancel c₂ and c₄, so h may be as large as 0.02·max(1, |x|): at that step the
/// rest of the series, h⁶·f⁽⁷⁾, and rounding, 10⁻¹³·|f|, are both far below the tolerance. The usual choice, a step of
/// 10⁻⁵ without extrapolation, is no better than 10⁻¹⁰.
/// </para>
/// <para>
/// If f has a kink at x, as a ReLU at z = 0, D(h) still converges, to the mean of the two slopes. The bend
/// reveals a kink, B(h) = (f(x + h) − 2f(x) + f(x − h)) / h: if f is smooth it is b₁h + b₃h³ + …, which Richardson's
/// combinations cancel; at a kink they leave the difference of the slopes. So the error of a term is estimated as the
/// larger of the last correction to D and the rest of B, and at least as the rounding error.
/// </para>
/// <para>
/// If the estimate is not small relative to the derivative, because a kink, a pole or a fast oscillation is
/// near, the step is made ten times smaller, repeatedly; a step scaled to |x| alone comes last, for a tiny x near the
/// end of a domain, as in log x. But if rounding is the main error, as with a large loss that hardly changes, the step
/// is first made larger. If no step is good, but one shows that the derivative is nearly 0 for a function of this size,
/// that is the result. Otherwise the derivative is uncertain. The analytic gradient is not used in any of this, so a
/// wrong one cannot be taken for a kink.
/// </para>
/// <para>Source: C. J. F. Ridders, "Accurate computation of F'(x) and F'(x)F''(x)", Advances in Engineering Software 4
/// (1982), which extrapolates in the same way.</para>
/// </remarks>
/// <param name="Value">The derivative.</param>
/// <param name="Error">An estimate of its error.</param>
/// <param name="IsResolved">
/// True if the error is small relative to the value; if false, the derivative is only known to be small.
/// </param>
/// <param name="IsCertain">
/// False if a kink is so close, or rounding so strong, that the differences are useless.
/// </param>
internal readonly record struct NumericalDerivative(double Value, double Error, bool IsResolved, bool IsCertain)
{
    private const double MachineEpsilon = 1.0 / (1L << 52);

    /// <summary>The first step, relative to max(1, |x|).</summary>
    private const double FirstStep = 0.02;

    /// <summary>The number of times that the step is made smaller, and larger.</summary>
    private const int SmallerSteps = 8;

    private const int LargerSteps = 6;

    /// <summary>
    /// The number of smaller steps that may show that a derivative is nearly 0; rounding spoils even smaller ones.
    /// </summary>
    private const int SmallerStepsForZero = 3;

    /// <summary>The meaning of nearly 0, relative to the size of the function.</summary>
    private const double NearlyZero = 1e-9;

    /// <summary>Rounding errors of a function of many operations, in units of its last digit.</summary>
    private const double RoundingErrors = 16;

    /// <summary>
    /// Differentiates <paramref name="f"/> with respect to <paramref name="x"/>, which it reads, and which is restored.
    /// </summary>
    public static NumericalDerivative Compute(WeightedSum f, ref double x, double tolerance)
    {
        double unit = Math.Max(1, Math.Abs(x));
        NumericalDerivative best = Extrapolate(f, ref x, FirstStep * unit, tolerance, out bool isRounding);
        bool isRounded = isRounding;
        for (int larger = 1; larger <= LargerSteps && isRounding && best.Value != 0 && !best.IsResolved; larger++)
        {
            NumericalDerivative next = Extrapolate(
                f, ref x, FirstStep * unit * Math.Pow(10, larger), tolerance, out isRounding);
            best = next.IsResolved ? next : best;
        }

        if (best.IsResolved || (best.IsCertain && isRounded))
        {
            // Smaller steps would have an even larger rounding error.
            return best;
        }

        for (int smaller = 1; smaller <= SmallerSteps && !best.IsResolved; smaller++)
        {
            NumericalDerivative next = Extrapolate(
                f, ref x, FirstStep * unit * Math.Pow(10, -smaller), tolerance, out _);
            if (next.IsResolved || smaller <= SmallerStepsForZero)
            {
                best = Better(best, next);
            }
        }

        if (!best.IsResolved && x != 0 && Math.Abs(x) < Math.Pow(10, -SmallerSteps))
        {
            NumericalDerivative scaled = Extrapolate(f, ref x, FirstStep * Math.Abs(x), tolerance, out _);
            best = scaled.IsResolved ? scaled : best;
        }

        return best;
    }

    private static NumericalDerivative Better(NumericalDerivative a, NumericalDerivative b) =>
        b.IsResolved || (b.IsCertain && !a.IsCertain) || (b.IsCertain == a.IsCertain && b.Error < a.Error) ? b : a;

    /// <summary>
    /// Extrapolates from the steps h, h/2 and h/4, and tells if rounding is the larger part of the error.
    /// </summary>
    private static NumericalDerivative Extrapolate(
        WeightedSum f, ref double x, double step, double tolerance, out bool isRounding)
    {
        ReadOnlySpan<TermQuotients> quotients = f.Differentiate(ref x, step);
        (TermQuotients coarse, TermQuotients middle, TermQuotients fine) = (quotients[0], quotients[1], quotients[2]);
        double derivative = 0;
        double errors = 0;
        double rounding = 0;
        double size = 0;
        double spread = 0;
        double slope = 0;
        for (int k = 0; k < f.Weights.Length; k++)
        {
            double first = ((4 * middle.Central[k]) - coarse.Central[k]) / 3;
            double second = ((4 * fine.Central[k]) - middle.Central[k]) / 3;
            double value = ((16 * second) - first) / 15;

            double firstJump = (2 * middle.Bend[k]) - coarse.Bend[k];
            double secondJump = (2 * fine.Bend[k]) - middle.Bend[k];
            double jump = ((8 * secondJump) - firstJump) / 7;

            double weight = Math.Abs(f.Weights[k]);
            derivative += f.Weights[k] * value;
            errors += weight * Math.Max(Math.Abs(value - second), Math.Abs(jump));

            spread += weight * Math.Abs(coarse.Central[k] - fine.Central[k]);
            slope += weight * Math.Abs(fine.Central[k]);

            // A term that stays the same to the bit may still change by half of its last digit.
            bool isConstant = coarse.IsConstant[k] && middle.IsConstant[k] && fine.IsConstant[k];
            rounding += Square(weight * fine.Size[k] * (isConstant ? 0.5 : RoundingErrors));
            size += Square(weight * coarse.Size[k]);
        }

        rounding = Math.Sqrt(rounding) * MachineEpsilon / (step / 4);
        isRounding = errors <= rounding;
        double error = Math.Max(errors, rounding);
        if (!double.IsFinite(error))
        {
            return new(derivative, double.PositiveInfinity, IsResolved: false, IsCertain: false);
        }

        // A quarter of the tolerance; the rest is for the comparison.
        bool isResolved = error <= tolerance / 4 * Math.Abs(derivative);

        // If D(h) differs much between the three steps, they are too large to show that the derivative is small: with
        // steps large enough, a sigmoid, which saturates on both sides, seems to have an arbitrarily small slope.
        bool isNearlyZero = error <= NearlyZero * Math.Sqrt(size) && spread <= rounding + (slope / 2);
        return new(derivative, error, isResolved, isResolved || isNearlyZero);
    }

    private static double Square(double value) => value * value;
}
