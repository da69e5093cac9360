using NeuralNet.Traces;
using static NeuralNet.Samples.ChainRule.Notation;

namespace NeuralNet.Samples.ChainRule;

/// <summary>The forward pass, from the input to the loss.</summary>
internal static class ForwardPass
{
    /// <summary>zⱼ = Σₖ wⱼₖ·aₖ + bⱼ, aⱼ = σ(zⱼ).</summary>
    public static void Layer(IPage page, DenseTrace layer)
    {
        int l = layer.Number;
        page.Text($"Layer {l}: every neuron weighs what it receives, adds its bias, and squashes the sum.");
        for (int j = 0; j < layer.Output.Count; j++)
        {
            IEnumerable<int> inputs = Enumerable.Range(0, layer.Input.Count);
            page.Equation(
                Of("z", l, j),
                string.Join(
                    " + ", inputs.Select(k => $"{Weight(l, j, k)}·{Of("a", l - 1, k)}")) + $" + {Of("b", l, j)}",
                string.Join(" + ", inputs.Select(k => $"{Factor(layer.Weights[j, k])}·{Factor(layer.Input[k])}"))
                    + $" + {Factor(layer.Biases[j])}",
                Show(layer.PreActivation[j]));
            page.Equation(
                Of("a", l, j),
                $"σ({Of("z", l, j)}) = 1 / (1 + exp(−{Factor(layer.PreActivation[j])}))",
                Show(layer.Output[j]));
        }
    }

    /// <summary>L = (1/m) Σⱼ (aⱼ − tⱼ)².</summary>
    public static void Loss(IPage page, BackpropagationTrace trace)
    {
        int l = trace.Layers.Count;
        int m = trace.Output.Count;
        IEnumerable<int> outputs = Enumerable.Range(0, m);
        page.Text("The loss says how wrong that is: the mean of the squared errors.");
        page.Equation(
            "L",
            $"1/{m} · ({string.Join(" + ", outputs.Select(j => $"({Of("a", l, j)} − {Target(j)})²"))})",
            $"1/{m} · ({string.Join(" + ", outputs.Select(SquaredError))})",
            Show(trace.Loss));

        string SquaredError(int j) => $"({Show(trace.Output[j])} − {Factor(trace.Target[j])})²";
    }
}
