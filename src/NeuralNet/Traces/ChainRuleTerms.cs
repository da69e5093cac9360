using System.Globalization;

namespace NeuralNet.Traces;

/// <summary>
/// The terms of the chain rule for one weight or bias of a dense layer: ∂L/∂wⱼₖ = ∂zⱼ/∂wⱼₖ · Σᵢ ∂aᵢ/∂zⱼ · ∂L/∂aᵢ, where
/// for an element-wise activation the sum has only the term i = j. If the weight has a penalty R, which is also part of
/// L, ∂R/∂wⱼₖ is added.
/// </summary>
/// <param name="Name">For example <c>dense1.weights[0, 1]</c>.</param>
/// <param name="PreActivationByParameter">∂zⱼ/∂wⱼₖ = aₖ of the layer before; for a bias 1.</param>
/// <param name="Paths">
/// The paths from zⱼ to the loss: one for an element-wise activation, one for every output for one such as softmax.
/// </param>
/// <param name="PenaltyByParameter">∂R/∂wⱼₖ; 0 without a penalty.</param>
/// <param name="Gradient">∂L/∂wⱼₖ, the product plus ∂R/∂wⱼₖ, as backpropagation computes it.</param>
/// <param name="FiniteDifference">
/// ∂L/∂wⱼₖ by central differences, extrapolated to step 0; null if a kink is too close.
/// </param>
public sealed record ChainRuleTerms(
    string Name,
    double PreActivationByParameter,
    IReadOnlyList<ChainPath> Paths,
    double PenaltyByParameter,
    double Gradient,
    double? FiniteDifference)
{
    /// <summary>∂L/∂zⱼ = δⱼ, the sum of the paths.</summary>
    public double LossByPreActivation => Paths.Sum(path => path.Product);

    /// <summary>The product of the factors, ∂zⱼ/∂wⱼₖ · δⱼ.</summary>
    public double Product => PreActivationByParameter * LossByPreActivation;

    /// <summary>Lists the factors, their product, and the finite difference.</summary>
    /// <returns>For example <c>dense1.weights[0, 1]: 0.5 · 0.25 · 3 = 0.375 (finite difference 0.375)</c>.</returns>
    public override string ToString()
    {
        string paths = string.Join(
            " + ",
            Paths.Select(path => string.Create(
                CultureInfo.InvariantCulture, $"{path.ActivationByPreActivation:G6} · {path.LossByActivation:G6}")));
        string rest = Paths.Count == 1 ? paths : $"({paths})";
        string penalty = PenaltyByParameter == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" + {PenaltyByParameter:G6}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Name}: {PreActivationByParameter:G6} · {rest}{penalty} = {Product + PenaltyByParameter:G6} "
            + $"({TraceText.Difference(FiniteDifference)})");
    }
}
