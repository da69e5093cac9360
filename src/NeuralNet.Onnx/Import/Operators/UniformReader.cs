using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads what repeats a constant as often as there are samples.</summary>
internal static class UniformReader
{
    /// <summary>The value that an operator makes; null if it is no constant that is repeated.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="node">The operator.</param>
    /// <param name="taken">What the operator takes beside constants.</param>
    public static UniformValue? Read(ModelGraph graph, OnnxNode node, GraphValue[] taken)
    {
        if (node.Operation == "ConstantOfShape" && taken is [ShapeValue])
        {
            return new(node.Output, [node.Constant("value") is { Count: > 0 } value ? value.Element(0) : 0]);
        }

        if (node.Operation == "Expand" && taken is [ShapeValue] && graph.Constant(node.Input(0)) is { } constant
            && constant.Problem is null && constant.Count > 0
            && constant.Dimensions.SkipLast(1).All(size => size == 1))
        {
            return new(node.Output, constant.ToArray());
        }

        // Parts of equal numbers, and equal numbers in other shapes, are the same equal numbers.
        return taken is [UniformValue source] && node.Operation switch
        {
            "Identity" or "Cast" => true,
            "Slice" or "Squeeze" or "Unsqueeze" or "Gather" or "Reshape" or "Transpose" => source.Numbers.Count == 1,
            _ => false,
        }
            ? source with { Name = node.Output }
            : null;
    }
}
