using System.Globalization;

namespace NeuralNet.Traces;

/// <summary>
/// The terms of the chain rule for one weight or bias that all places p of a convolution's output, or all steps of a
/// sequence, share: ∂L/∂w = Σ ∂z(p)/∂w · δ(p). If the weight has a penalty R, which is also part of L, ∂R/∂w is added.
/// </summary>
/// <param name="Name">For example <c>convolution1.weights[0, 2, 1, 0]</c>: filter, row, column and channel.</param>
/// <param name="Places">
/// The term of each place; those at which the weight meets the padding, and adds 0, are left out.
/// </param>
/// <param name="PenaltyByParameter">∂R/∂w; 0 without a penalty.</param>
/// <param name="Gradient">∂L/∂w, the sum plus ∂R/∂w, as backpropagation computes it.</param>
/// <param name="FiniteDifference">
/// ∂L/∂w by central differences, extrapolated to step 0; null if a kink is too close.
/// </param>
public sealed record SharedParameterTerms(
    string Name,
    IReadOnlyList<PlaceTerm> Places,
    double PenaltyByParameter,
    double Gradient,
    double? FiniteDifference)
{
    // More products than fit into two lines of a screen tell nobody anything.
    private const int MostShown = 8;

    /// <summary>Σ ∂z(p)/∂w · δ(p), the sum over the places.</summary>
    public double Sum => Places.Sum(place => place.Product);

    /// <summary>Lists the products, their sum, and the finite difference. Long sums are cut off.</summary>
    /// <returns>
    /// For example <c>convolution1.weights[0, 0, 1]: 0.5 · 0.25 + 2 · 0.125 = 0.375 (finite difference 0.375)</c>.
    /// </returns>
    public override string ToString()
    {
        string products = string.Join(
            " + ",
            Places.Take(MostShown).Select(place => string.Create(
                CultureInfo.InvariantCulture, $"{place.PreActivationByParameter:G6} · {place.Delta:G6}")));
        string more = Places.Count > MostShown ? $" + … {Places.Count} places" : "";
        string penalty = PenaltyByParameter == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" + {PenaltyByParameter:G6}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Name}: {(products.Length == 0 ? "0" : products)}{more}{penalty} = {Sum + PenaltyByParameter:G6} "
            + $"({TraceText.Difference(FiniteDifference)})");
    }
}
