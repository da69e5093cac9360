using System.Numerics;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Operators;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Patterns;

/// <summary>
/// Layer normalization out of single operators, as exporters write it before opset 17: with d = x − mean(x),
/// d / √(mean(d²) + ε), then times γ, plus β.
/// </summary>
internal sealed class LayerNormalizationPattern<T>(ModelGraph graph, ParameterBudget budget) : IPattern<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int AxesAreInputSince = 18;

    public GraphValue? Read(GraphValue value, string end, LayerChain<T> layers)
    {
        if (!value.IsFlat)
        {
            return null;
        }

        // Closed: the value, the deviations and all between go nowhere else.
        if (graph.Consumers(value.Name) is not [{ Operation: "ReduceMean" } mean, { Operation: "Sub" } deviation]
            || !IsMean(mean) || !Takes(deviation, value.Name, mean.Output)
            || graph.OnlyConsumer(mean.Output) != deviation
            || graph.Consumers(deviation.Output)
                is not [{ Operation: "Pow" or "Mul" } square, { Operation: "Div" } quotient]
            || !IsSquare(square)
            || graph.OnlyConsumer(square.Output) is not { Operation: "ReduceMean" } variance || !IsMean(variance)
            || graph.OnlyConsumer(variance.Output) is not { Operation: "Add" } sum
            || graph.Number(sum.Input(sum.Input(0) == variance.Output ? 1 : 0)) is not double epsilon
            || graph.OnlyConsumer(sum.Output) is not { Operation: "Sqrt" } root
            || graph.OnlyConsumer(root.Output) != quotient || !Takes(quotient, deviation.Output, root.Output))
        {
            return null;
        }

        // Without γ the number of features may not be known, and one that is not known is not worth guessing.
        if (graph.OnlyConsumer(quotient.Output) is not { Operation: "Mul" } scaled
            || Features(scaled, value.Mapped(quotient.Output), layers) is not ({ } features, { } gamma))
        {
            throw quotient.Refuse("the layer normalization that ends here has no scale per feature");
        }

        bool isShifted = graph.OnlyConsumer(scaled.Output) is { Operation: "Add" };
        OnnxNode last = isShifted ? graph.OnlyConsumer(scaled.Output)! : scaled;
        double[]? beta = isShifted ? Features(last, value.Mapped(scaled.Output), layers)?.Values : null;
        if (isShifted && beta?.Length != gamma.Length)
        {
            (last, beta) = (scaled, null);
        }

        layers.Add(LayerPlans<T>.LayerNormalization(
            last, features, gamma, beta ?? new double[gamma.Length], epsilon));
        return value.Mapped(last.Output);
    }

    private static bool Takes(OnnxNode node, string first, string second) =>
        node.Inputs.Count == 2 && node.Inputs[0] == first && node.Inputs[1] == second;

    private bool IsSquare(OnnxNode node) =>
        node.Operation == "Mul" ? Takes(node, node.Inputs[0], node.Inputs[0]) : graph.Number(node.Input(1)) == 2;

    private bool IsMean(OnnxNode node)
    {
        long? axis = graph.Opset < AxesAreInputSince
            ? node.Ints("axes") is [long only] ? only : null
            : graph.Integer(node.Input(1));
        return axis is 1 or -1 && node.Int("keepdims", 1) == 1;
    }

    private (FeatureSet Features, double[] Values)? Features(OnnxNode node, GraphValue value, LayerChain<T> layers)
    {
        int other = node.Input(0) == value.Name ? 1 : 0;
        if (graph.Constant(node.Input(other)) is not { Problem: null, IsInteger: false, Count: > 0 })
        {
            return null;
        }

        budget.Take(node, graph.Constant(node.Input(other))!.Count);
        return new OperatorCall(graph, budget, node, value).Broadcast(layers, other);
    }
}
