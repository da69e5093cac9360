using System.Numerics;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Operators;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Patterns;

/// <summary>
/// Layer normalization out of single operators, as exporters write it before opset 17: with d = x − mean(x),
/// d / √(mean(d²) + ε), then times γ, plus β; means are along the last axis.
/// </summary>
internal sealed class LayerNormalizationPattern<T>(ModelGraph graph) : IPattern<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int AxesAreInputSince = 18;

    public PatternMatch<T>? Find(string value, IReadOnlySet<OnnxNode> done)
    {
        // Closed: the deviations and all between go nowhere else.
        foreach (OnnxNode mean in graph.Consumers(value))
        {
            if (mean is { Operation: "ReduceMean" } && !done.Contains(mean) && Axis(mean) is long axis
                && graph.OnlyConsumer(mean.Output) is { Operation: "Sub" } deviation
                && Takes(deviation, value, mean.Output)
                && graph.Consumers(deviation.Output)
                    is [{ Operation: "Pow" or "Mul" } square, { Operation: "Div" } quotient]
                && IsSquare(square)
                && graph.OnlyConsumer(square.Output) is { Operation: "ReduceMean" } variance && Axis(variance) == axis
                && graph.OnlyConsumer(variance.Output) is { Operation: "Add" } sum
                && graph.Number(sum.Input(sum.Input(0) == variance.Output ? 1 : 0)) is double epsilon
                && graph.OnlyConsumer(sum.Output) is { Operation: "Sqrt" } root
                && graph.OnlyConsumer(root.Output) == quotient && Takes(quotient, deviation.Output, root.Output)
                && graph.OnlyConsumer(quotient.Output) is { Operation: "Mul" } scaled
                && Numbers(scaled, quotient.Output) is { } gamma)
            {
                var nodes = new List<OnnxNode> { mean, deviation, square, variance, sum, root, quotient, scaled };
                ConstantTensor? beta = null;
                if (graph.OnlyConsumer(scaled.Output) is { Operation: "Add" } shifted
                    && Numbers(shifted, scaled.Output) is { } summands && summands.Count == gamma.Count)
                {
                    beta = summands;
                    nodes.Add(shifted);
                }

                return new(nodes, call => Read(call, axis, gamma, beta, epsilon));
            }
        }

        return null;
    }

    private static SampleValue<T>? Read(
        OperatorCall<T> call, long axis, ConstantTensor gamma, ConstantTensor? beta, double epsilon)
    {
        int last = call.Value.Rank - 1;
        int most = Math.Max(gamma.Dimensions.Count, beta?.Dimensions.Count ?? 0);
        if ((axis != -1 && axis != last) || most > call.Value.Rank || call.Value.Layout.SamplesDimension == last
            || (call.Value.Layout.Size(last) is var size && size > 0 && size != gamma.Count))
        {
            return null;
        }

        call.Budget.Take(call.Node, 2L * gamma.Count);
        FeatureSet features = call.Features([last], gamma.Count);
        call.Add(LayerPlans<T>.LayerNormalization(
            call.Node, features, gamma.ToArray(), beta?.ToArray() ?? new double[gamma.Count], epsilon));
        return call.Result;
    }

    private static bool Takes(OnnxNode node, string first, string second) =>
        node.Inputs.Count == 2 && node.Inputs[0] == first && node.Inputs[1] == second;

    private bool IsSquare(OnnxNode node) =>
        node.Operation == "Mul" ? Takes(node, node.Inputs[0], node.Inputs[0]) : graph.Number(node.Input(1)) == 2;

    // Of a mean that keeps the axis, with size 1.
    private long? Axis(OnnxNode node)
    {
        if (node.Int("keepdims", 1) != 1)
        {
            return null;
        }

        return graph.Opset < AxesAreInputSince
            ? node.Ints("axes") is [long only] ? only : null
            : graph.Integer(node.Input(1));
    }

    // One number for each feature along the last axis.
    private ConstantTensor? Numbers(OnnxNode node, string value) =>
        node.Inputs.Count == 2
        && graph.Constant(node.Input(node.Input(0) == value ? 1 : 0)) is { Problem: null, Count: > 0 } constant
        && constant.Dimensions.Count > 0 && constant.Dimensions[^1] == constant.Count
            ? constant
            : null;
}
