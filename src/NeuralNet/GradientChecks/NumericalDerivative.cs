
namespace NeuralNet.GradientChecks;

/// <summary>
/// The derivative of a sum by central differences, with a statement of how far it can be trusted.
/// </summary>
/// <remarks>
/// <para>
/// D(h) = (f(x + h) − f(x − h)) / 2h errs by c₂h² + c₄h⁴ + …, and rounding adds about ε·|f|/h. Richardson's
/// combinations of D(h), D(h/2) and D(h/4) cancel c₂ and c₄, so h may be as large as 0.02·max(1, |x|): there what is
/// left of the series, h⁶·f⁽⁷⁾, and rounding, 10⁻¹³·|f|, are both far below the tolerance. A step of 10⁻⁵ without
/// extrapolation, the usual choice, reaches no better than 10⁻¹⁰.
/// </para>
/// <para> Where f has a kink at x, as a ReLU at z = 0, D(h) converges all the same, to the mean of the two slopes. What
/// tells it is the bend, B(h) = (f(x + h) − 2f(x) + f(x − h)) / h: where f is smooth it is b₁h + b₃h³ + …, which
/// Richardson's combinations reduce to nothing; at a kink they leave the difference of the slopes. The error of a term
/// is thus estimated by the larger of the last correction to D and what is left of B, and by rounding at least. </para>
/// <para> If the estimate is not small against the derivative, because a kink, a pole or a fast oscillation is within
/// reach, the step is made ten times smaller, again and again; a step scaled to |x| alone comes last, for a tiny x near
/// the end of a domain, as in log x. But where rounding is all that is wrong, as with a large loss that hardly changes,
/// the step is first made larger. If no step is good, but one shows that the derivative is nearly 0 for a function of
/// this size, that is the finding. Else the derivative is uncertain. The analytic gradient has no part in any of this,
/// so a wrong one cannot pass for a kink. </para>
/// <para>Source: C. J. F. Ridders, "Accurate computation of F'(x) and F'(x)F''(x)", Advances in Engineering Software 4
/// (1982), which extrapolates likewise.</para>
/// </remarks>
/// <param name="Value">The derivative.</param>
/// <param name="Error">An estimate of its error.</param>
/// <param name="IsResolved">
/// Whether the error is small against the value; else the derivative is only known to be small.
/// </param>
/// <param name="IsCertain">
/// False where a kink is so close, or rounding so strong, that differences tell nothing.
/// </param>
internal readonly record struct NumericalDerivative(double Value, double Error, bool IsResolved, bool IsCertain)
{
    private const double MachineEpsilon = 1.0 / (1L << 52);

    /// <summary>The step to begin with, relative to max(1, |x|).</summary>
    private const double FirstStep = 0.02;

    /// <summary>How many times the step is made smaller, and how many times larger.</summary>
    private const int SmallerSteps = 8;

    private const int LargerSteps = 6;

    /// <summary>
    /// How many of the smaller steps may show that a derivative is nearly 0: below, rounding blurs too much.
    /// </summary>
    private const int SmallerStepsForZero = 3;

    /// <summary>What nearly 0 means, relative to the size of the function.</summary>
    private const double NearlyZero = 1e-9;

    /// <summary>Rounding errors of a function of many operations, in units of its last digit.</summary>
    private const double RoundingErrors = 16;

    /// <summary>
    /// Differentiates <paramref name="f"/> by <paramref name="x"/>, which it reads and which is left as it was.
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
            // Smaller steps would be rounded the more.
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

    /// <summary>From the steps h, h/2 and h/4; says, too, whether rounding is the greater part of the error.</summary>
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

        // A quarter of the tolerance: the rest is for the comparison.
        bool isResolved = error <= tolerance / 4 * Math.Abs(derivative);

        // Where D(h) is not even nearly the same for the three steps, they are too large to say that something is
        // small: a sigmoid that saturates to either side has as little slope as one likes, from far enough away.
        bool isNearlyZero = error <= NearlyZero * Math.Sqrt(size) && spread <= rounding + (slope / 2);
        return new(derivative, error, isResolved, isResolved || isNearlyZero);
    }

    private static double Square(double value) => value * value;
}
