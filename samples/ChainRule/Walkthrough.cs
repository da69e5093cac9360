using NeuralNet.Losses;
using NeuralNet.Traces;
using static NeuralNet.Samples.ChainRule.Notation;

namespace NeuralNet.Samples.ChainRule;

/// <summary>The whole page: the network, forward, backward layer by layer, the proof, and a step downhill.</summary>
internal static class Walkthrough
{
    public static void Write(IPage page, Example example, ChainRuleOptions options)
    {
        BackpropagationTrace trace = BackpropagationTrace.Run(
            example.Network, new MeanSquaredError(), example.Input, example.Target);
        DenseTrace[] layers = [.. trace.Layers.Cast<DenseTrace>()];

        Introduction(page, example, trace, layers);

        page.Heading("Forward");
        foreach (DenseTrace layer in layers)
        {
            ForwardPass.Layer(page, layer);
        }

        ForwardPass.Loss(page, trace);

        page.Heading($"Backward: layer {layers.Length}");
        BackwardPass.LossByOutput(page, trace);
        BackwardPass.Layer(page, layers[^1], options);
        for (int l = layers.Length - 1; l >= 1; l--)
        {
            page.Heading($"Backward: layer {l}");
            BackwardPass.HandedBack(page, layers[l]);
            BackwardPass.Layer(page, layers[l - 1], options);
        }

        page.Heading("Every gradient, and what finite differences say");
        Proof.Write(page, layers);

        page.Heading("One step downhill");
        Descent.Write(page, example, trace, options);
    }

    private static void Introduction(IPage page, Example example, BackpropagationTrace trace, DenseTrace[] layers)
    {
        page.Heading("The network");
        page.Text(
            $"{trace.Input.Count} inputs, then {layers.Length} layers of {Example.Width} neurons with the sigmoid "
            + "σ(z) = 1 / (1 + e⁻ᶻ). " + example.Origin);
        page.Text("wⱼₖ is the weight to neuron j from neuron k of the layer before; row j of W is neuron j.");
        foreach (DenseTrace layer in layers)
        {
            page.Equation(Of("W", layer.Number), Show(layer.Weights));
            page.Equation(Of("b", layer.Number), Show(layer.Biases));
        }

        page.Text("One sample: what goes in, and what should come out.");
        page.Equation(Of("a", 0), Show(trace.Input));
        page.Equation("t", Show(trace.Target));
    }
}
