using System.Numerics;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads operators that change dimensions.</summary>
internal static class ShapeReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int FlatRank = 2;

    public static GraphValue Flatten(OperatorCall call, LayerChain<T> layers)
    {
        call.RequireFirstInput();
        long axis = call.Node.Int("axis", 1);
        bool keepsSamples = axis == 1 || axis == 1 - (call.Value.Rank ?? FlatRank);
        return keepsSamples
            ? call.Value.WithFeatures(call.Node.Output, -1)
            : throw call.Node.Refuse($"it flattens from axis {axis} on, not from 1, so that samples mix");
    }

    public static GraphValue Reshape(OperatorCall call, LayerChain<T> layers)
    {
        call.RequireFirstInput();
        ConstantTensor? shape = call.Graph.Constant(call.Node.Input(1));
        return shape is { Problem: null, IsInteger: true, Count: 2 }
            ? Reshape(call, shape.Integer(0), shape.Integer(1), layers)
            : throw call.Node.Refuse(
                "only a reshape to a constant shape of two dimensions, batch × features, can be represented");
    }

    /// <summary>Makes samples × features of the value, if that keeps the samples apart.</summary>
    /// <param name="call">The operator that does it.</param>
    /// <param name="samples">The number of samples: −1 for what is left over, 0 for what it was.</param>
    /// <param name="features">The number of features: −1 for what is left over, 0 for what it was.</param>
    /// <param name="layers">The layers before the operator.</param>
    /// <returns>The value that the operator gives.</returns>
    /// <exception cref="NotSupportedException">It may mix samples.</exception>
    public static GraphValue Reshape(OperatorCall call, long samples, long features, LayerChain<T> layers)
    {
        OnnxNode node = call.Node;
        bool keepsSamples = (samples == -1 && features > 0) || (samples == 0 && (features > 0 || features == -1))
            || (features == -1 && samples == 1 && call.Value.Dimensions is [1, ..])
            || (samples == -1 && features == 0 && call.Value.IsFlat);
        if (!keepsSamples || (node.Int("allowzero", 0) != 0 && (samples == 0 || features == 0)))
        {
            throw node.Refuse($"it makes {samples} × {features} of the values, which may mix samples");
        }

        if (features > 0)
        {
            layers.Add(new SizePlan<T>(node, features <= Array.MaxLength ? (int)features : -1));
        }

        return call.Value.WithFeatures(node.Output, features > 0 ? features : -1);
    }
}
