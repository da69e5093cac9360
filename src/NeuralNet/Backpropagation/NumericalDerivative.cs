namespace NeuralNet.Backpropagation;

/// <summary>
/// The derivative of a function of one number by central differences, with a statement of how far it can be trusted.
/// </summary>
/// <remarks>
/// <para>
/// D(h) = (f(x + h) − f(x − h)) / 2h errs by h²·f'''/6 + O(h⁴). Richardson's combination R(h) = (4·D(h/2) − D(h)) / 3
/// cancels the first term, so h may be as large as 10⁻³·max(1, |x|), where rounding, about ε·|f|/h, is small too.
/// </para>
/// <para>
/// Where f is smooth R(h) and R(h/2) agree to many digits. Where it has a kink within reach, as at z = 0 of a ReLU,
/// they do not; then the step is made ten times smaller, twice, and if they still disagree the derivative is said to be
/// uncertain. The analytic gradient has no part in this, so a wrong one cannot pass for a kink.
/// </para>
/// </remarks>
/// <param name="Value">The derivative.</param>
/// <param name="Noise">How much of it rounding may account for.</param>
/// <param name="IsCertain">False where a kink is so close that differences tell nothing.</param>
internal readonly record struct NumericalDerivative(double Value, double Noise, bool IsCertain)
{
    private const double MachineEpsilon = 1.0 / (1L << 52);

    private static ReadOnlySpan<double> RelativeSteps => [1e-3, 1e-4, 1e-5];

    /// <summary>Differentiates <paramref name="f"/> by <paramref name="x"/>, which it reads and which is left as it was.</summary>
    public static NumericalDerivative Compute(Func<double> f, ref double x, double tolerance)
    {
        double value = x;
        NumericalDerivative result = default;
        foreach (double relativeStep in RelativeSteps)
        {
            double step = relativeStep * Math.Max(1, Math.Abs(value));
            double coarse = Difference(f, ref x, step, out _);
            double middle = Difference(f, ref x, step / 2, out _);
            double fine = Difference(f, ref x, step / 4, out double magnitude);

            double first = ((4 * middle) - coarse) / 3;
            double second = ((4 * fine) - middle) / 3;
            double noise = 16 * MachineEpsilon * magnitude / step;
            double bound = Math.Max(tolerance * Math.Abs(second), noise);
            result = new(second, noise, Math.Abs(first - second) <= bound);
            if (result.IsCertain)
            {
                break;
            }
        }

        return result;
    }

    /// <summary>D(h), and the larger magnitude of the two values it is the difference of.</summary>
    private static double Difference(Func<double> f, ref double x, double step, out double magnitude)
    {
        double value = x;
        try
        {
            double above = x = value + step;
            double fAbove = f();
            double below = x = value - step;
            double fBelow = f();
            magnitude = Math.Max(Math.Abs(fAbove), Math.Abs(fBelow));
            return (fAbove - fBelow) / (above - below);
        }
        finally
        {
            x = value;
        }
    }
}
