using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>The bounds of Clip: attributes up to opset 10, inputs from 11 on.</summary>
internal static class ClipBounds
{
    private const int InputsSince = 11;

    /// <summary>The bounds, infinite where there is none; null where they are no constants.</summary>
    public static (double Min, double Max)? Read(OnnxNode node, ModelGraph graph)
    {
        if (graph.Opset < InputsSince)
        {
            return (Bound(node.Float("min", float.MinValue)), Bound(node.Float("max", float.MaxValue)));
        }

        double? min = Bound(node, 1, double.NegativeInfinity, graph);
        double? max = Bound(node, 2, double.PositiveInfinity, graph);
        return min is null || max is null ? null : (min.Value, max.Value);
    }

    private static double? Bound(OnnxNode node, int index, double otherwise, ModelGraph graph)
    {
        if (node.Input(index) is not string name)
        {
            return otherwise;
        }

        return graph.Number(name) is double bound ? Bound(bound) : null;
    }

    // Exporters write the largest float for no bound.
    private static double Bound(double value) =>
        Math.Abs(value) >= 3.4e38 ? double.CopySign(double.PositiveInfinity, value) : value;
}
