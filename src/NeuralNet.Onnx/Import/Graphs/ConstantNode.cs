using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>The operator Constant, whose value is one of its attributes.</summary>
internal static class ConstantNode
{
    public const string Operation = "Constant";

    /// <summary>The value of a node.</summary>
    public static TensorProto Value(OnnxNode node)
    {
        if (node.Tensor("value") is TensorProto tensor)
        {
            return tensor;
        }

        var value = new TensorProto { DataType = ElementKind.Float };
        if (node.Floats("value_floats") is { } floats)
        {
            value.Dims.Add(floats.Count);
            value.FloatData.Add(floats);
        }
        else if (node.Ints("value_ints") is { } ints)
        {
            value.DataType = ElementKind.Int64;
            value.Dims.Add(ints.Count);
            value.Int64Data.Add(ints);
        }
        else if (!double.IsNaN(node.Float("value_float", double.NaN)))
        {
            value.FloatData.Add((float)node.Float("value_float", 0));
        }
        else if (node.Int("value_int", long.MinValue) is not long.MinValue and long number)
        {
            value.DataType = ElementKind.Int64;
            value.Int64Data.Add(number);
        }
        else
        {
            // A text, a sparse tensor: what it is does not matter, unless it is used.
            value.DataType = 0;
        }

        return value;
    }
}
