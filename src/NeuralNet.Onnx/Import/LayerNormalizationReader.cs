using System.Numerics;

namespace NeuralNet.Onnx.Import;

/// <summary>
/// Layer normalization out of single operators, as exporters write it before opset 17: with d = x − mean(x),
/// d / √(mean(d²) + ε), then times γ, plus β.
/// </summary>
internal sealed class LayerNormalizationReader<T>(GraphReader graph, OperatorReader<T> operators)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int AxesAreInputSince = 18;

    /// <summary>Adds the layer that begins at a value and gives the name of its result; null if none begins there.</summary>
    public string? Read(string value, List<LayerPlan<T>> layers)
    {
        // Closed: the value, the deviations and all between go nowhere else.
        if (graph.Consumers(value) is not [{ Operation: "ReduceMean" } mean, { Operation: "Sub" } deviation]
            || !IsMean(mean) || !Takes(deviation, value, mean.Output) || Only(mean.Output) != deviation
            || graph.Consumers(deviation.Output) is not [{ Operation: "Pow" or "Mul" } square, { Operation: "Div" } quotient]
            || !IsSquare(square)
            || Only(square.Output) is not { Operation: "ReduceMean" } variance || !IsMean(variance)
            || Only(variance.Output) is not { Operation: "Add" } sum
            || Number(sum, sum.Input(0) == variance.Output ? 1 : 0) is not double epsilon
            || Only(sum.Output) is not { Operation: "Sqrt" } root
            || Only(root.Output) != quotient || !Takes(quotient, deviation.Output, root.Output))
        {
            return null;
        }

        // Without γ the number of features may not be known, and one that is not known is not worth guessing.
        if (Only(quotient.Output) is not { Operation: "Mul" } scaled || Features(scaled, quotient.Output) is not { } gamma)
        {
            throw quotient.Refuse("the layer normalization that ends here has no scale per feature");
        }

        bool isShifted = Only(scaled.Output) is { Operation: "Add" };
        OnnxNode last = isShifted ? Only(scaled.Output)! : scaled;
        double[]? beta = isShifted ? Features(last, scaled.Output) : null;
        if (isShifted && beta?.Length != gamma.Length)
        {
            (last, beta) = (scaled, null);
        }

        OperatorReader<T>.AddLayerNormalization(last, gamma, beta ?? new double[gamma.Length], epsilon, layers);
        return last.Output;
    }

    private static bool Takes(OnnxNode node, string first, string second) =>
        node.Inputs.Count == 2 && node.Inputs[0] == first && node.Inputs[1] == second;

    private OnnxNode? Only(string value) => graph.Consumers(value) is [OnnxNode node] && value != graph.Output ? node : null;

    private double? Number(OnnxNode node, int index) =>
        graph.Constant(node.Input(index)) is { Problem: null, Count: 1 } constant ? constant.Scalar() : null;

    private bool IsSquare(OnnxNode node) =>
        node.Operation == "Mul" ? Takes(node, node.Inputs[0], node.Inputs[0]) : Number(node, 1) == 2;

    private bool IsMean(OnnxNode node)
    {
        long? axis = graph.Opset < AxesAreInputSince
            ? node.Ints("axes") is [long only] ? only : null
            : graph.Constant(node.Input(1)) is { Problem: null, IsInteger: true, Count: 1 } axes ? axes.Integer(0) : null;
        return axis is 1 or -1 && node.Int("keepdims", 1) == 1;
    }

    private double[]? Features(OnnxNode node, string value)
    {
        int other = node.Input(0) == value ? 1 : 0;
        if (graph.Constant(node.Input(other)) is not { Problem: null, IsInteger: false, Count: > 0 })
        {
            return null;
        }

        return operators.Vector(node, other);
    }
}
