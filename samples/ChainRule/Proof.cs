using NeuralNet.Traces;
using static NeuralNet.Samples.ChainRule.Notation;

namespace NeuralNet.Samples.ChainRule;

/// <summary>A table of every gradient and its finite difference.</summary>
internal static class Proof
{
    private const double Tolerance = 1e-7;

    public static void Write(IPage page, DenseTrace[] layers)
    {
        List<string[]> rows = [];
        double worst = 0;
        foreach (DenseTrace layer in layers)
        {
            for (int j = 0; j < layer.Output.Count; j++)
            {
                for (int k = 0; k < layer.Input.Count; k++)
                {
                    Add(Weight(layer.Number, j, k), layer.Weight(j, k));
                }

                Add(Of("b", layer.Number, j), layer.Bias(j));
            }
        }

        page.Table(["θ", "∂L/∂θ", "finite difference"], rows);
        page.Result(worst <= Tolerance
            ? $"All {rows.Count} gradients agree with their finite differences; the worst relative error is "
                + $"{About(worst)}."
            : $"NOT all of {rows.Count} gradients agree with their finite differences; the worst relative error is "
                + $"{About(worst)}.");

        void Add(string name, ChainRuleTerms terms)
        {
            rows.Add([name, Show(terms.Product), terms.FiniteDifference is { } difference ? Show(difference) : "?"]);
            double numeric = terms.FiniteDifference ?? double.PositiveInfinity;
            double scale = Math.Max(Math.Abs(terms.Product), Math.Abs(numeric));
            worst = scale == 0 ? worst : Math.Max(worst, Math.Abs(terms.Product - numeric) / scale);
        }
    }
}
