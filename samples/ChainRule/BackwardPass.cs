using NeuralNet.Traces;
using static NeuralNet.Samples.ChainRule.Notation;

namespace NeuralNet.Samples.ChainRule;

/// <summary>The backward pass, from the loss through one layer.</summary>
internal static class BackwardPass
{
    /// <summary>∂L/∂aⱼ = (2/m)(aⱼ − tⱼ) at the outputs.</summary>
    public static void LossByOutput(IPage page, BackpropagationTrace trace)
    {
        int l = trace.Layers.Count;
        int m = trace.Output.Count;
        page.Text("How does the loss change with each output? The derivative of the mean of squares:");
        for (int j = 0; j < m; j++)
        {
            page.Equation(
                Derivative("L", Of("a", l, j)),
                $"2/{m} · ({Of("a", l, j)} − {Target(j)})",
                $"2/{m} · ({Show(trace.Output[j])} − {Factor(trace.Target[j])})",
                Show(trace.Layers[^1].OutputGradient[j]));
        }
    }

    /// <summary>∂L/∂aₖ = Σⱼ wⱼₖ·δⱼ: the gradient that a layer passes to the one before it.</summary>
    public static void HandedBack(IPage page, DenseTrace from)
    {
        int l = from.Number;
        page.Text(
            $"Layer {l} hands back what its inputs did to the loss, ∂L/∂{Of("a", l - 1)} = "
            + $"({Of("W", l)})ᵀ·{Of("δ", l)}: every neuron it feeds sends its δ back, through the weight it came by.");
        for (int k = 0; k < from.Input.Count; k++)
        {
            IEnumerable<int> neurons = Enumerable.Range(0, from.Output.Count);
            page.Equation(
                Derivative("L", Of("a", l - 1, k)),
                string.Join(" + ", neurons.Select(j => $"{Weight(l, j, k)}·{Of("δ", l, j)}")),
                string.Join(" + ", neurons.Select(j => $"{Factor(from.Weights[j, k])}·{Factor(from.Delta[j])}")),
                Show(from.InputGradient[k]));
        }
    }

    /// <summary>σ', δ, one weight factor by factor, then all of them at once.</summary>
    public static void Layer(IPage page, DenseTrace layer, ChainRuleOptions options)
    {
        int l = layer.Number;
        page.Text("How does each activation change with its z? For the sigmoid σ'(z) = a·(1 − a):");
        for (int j = 0; j < layer.Output.Count; j++)
        {
            page.Equation(
                $"σ'({Of("z", l, j)})",
                $"{Show(layer.Output[j])} · (1 − {Show(layer.Output[j])})",
                Show(layer.ActivationDerivative![j]));
        }

        page.Text(
            $"The two together are the error of a neuron, {Of("δ", l)} = ∂L/∂{Of("z", l)} = ∂L/∂{Of("a", l)} ⊙ "
            + $"σ'({Of("z", l)}):");
        for (int j = 0; j < layer.Output.Count; j++)
        {
            page.Equation(
                Of("δ", l, j),
                $"{Factor(layer.OutputGradient[j])} · {Factor(layer.ActivationDerivative![j])}",
                Show(layer.Delta[j]));
        }

        OneWeight(page, layer, options.Weight);

        page.Text(
            $"All weights of the layer at once: ∂L/∂{Of("W", l)} = {Of("δ", l)}·({Of("a", l - 1)})ᵀ, and "
            + $"∂L/∂{Of("b", l)} = {Of("δ", l)}.");
        page.Equation(Derivative("L", Of("W", l)), Show(layer.WeightGradient));
        page.Equation(Derivative("L", Of("b", l)), Show(layer.BiasGradient));
    }

    private static void OneWeight(IPage page, DenseTrace layer, WeightIndex weight)
    {
        (int j, int k) = weight;
        int l = layer.Number;
        ChainRuleTerms terms = layer.Weight(j, k);
        ChainPath path = terms.Paths[0];
        string w = Weight(l, j, k);
        string z = Of("z", l, j);
        string a = Of("a", l, j);
        page.Text($"Follow one weight: {w} moves {z}, that moves {a}, and that moves L. So three factors:");
        page.Equation(
            Derivative("L", w),
            $"{Derivative(z, w)} · {Derivative(a, z)} · {Derivative("L", a)}",
            $"{Of("a", l - 1, k)} · σ'({z}) · {Derivative("L", a)}",
            $"{Factor(terms.PreActivationByParameter)} · {Factor(path.ActivationByPreActivation)} · "
            + $"{Factor(path.LossByActivation)}",
            Show(terms.Product));
        page.Text($"Is that so? Move {w} a little to either side, and see what the loss does:");
        page.Equation(
            $"(L({w} + h) − L({w} − h)) / 2h",
            terms.FiniteDifference is { } difference ? Show(difference) : "? (a kink is too close)");
    }
}
