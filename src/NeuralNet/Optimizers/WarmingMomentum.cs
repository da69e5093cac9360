namespace NeuralNet.Optimizers;

/// <summary>
/// The momentum of <see cref="NAdam"/>, which grows from step to step: μᵢ = β₁·(1 − ½·qⁱ), q = 0.96^ψ.
/// </summary>
internal readonly struct WarmingMomentum(double beta1, double decay)
{
    // −ln 0.96.
    private const double BaseRate = 0.040821994520255166;

    // (½)ᵏ is below the last bit of the sum.
    private const int Terms = 54;

    private readonly double _rate = BaseRate * decay;

    /// <summary>μᵢ.</summary>
    public double At(long step) => beta1 * (1 - (0.5 * Math.Exp(-_rate * step)));

    /// <summary>
    /// Π μᵢ for i from 1 to <paramref name="steps"/>, computed in a time that does not grow with the number of steps.
    /// </summary>
    /// <remarks>
    /// The logarithm of Π (1 − ½·qⁱ) is −Σₖ (½)ᵏ/k · Σᵢ qᵏⁱ, by the series of ln(1 − x), and the inner sum is
    /// geometric: qᵏ·(1 − qᵏᵗ) / (1 − qᵏ). Both differences lose their digits where q is close to 1, so they are
    /// factored: 1 − xᵏ = (1 − x)·(1 + x + … + xᵏ⁻¹), and (1 − qᵗ) / (1 − q) comes from a function that keeps them.
    /// </remarks>
    public double Product(long steps)
    {
        double q = Math.Exp(-_rate);
        double qt = Math.Exp(-_rate * steps);
        double ratio = _rate == 0 ? steps : OneMinusExp(_rate * steps) / OneMinusExp(_rate);
        double sum = 0;
        double half = 1;
        double power = 1;
        double powers = 0;
        double powersOfLast = 0;
        for (int k = 1; k <= Terms; k++)
        {
            half /= 2;
            power *= q;
            powers = (powers * q) + 1;
            powersOfLast = (powersOfLast * qt) + 1;
            sum += half / k * power * ratio * powersOfLast / powers;
        }

        return Math.Exp((steps * Math.Log(beta1)) - sum);
    }

    // 1 − e⁻ˣ = tanh(x/2)·(1 + e⁻ˣ).
    private static double OneMinusExp(double x) => Math.Tanh(x / 2) * (1 + Math.Exp(-x));
}
