using System.Numerics;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads products with a constant matrix as dense layers.</summary>
internal static class ProductReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static GraphValue Gemm(OperatorCall call, LayerChain<T> layers)
    {
        OnnxNode node = call.Node;
        call.RequireFlat();
        call.RequireFirstInput();
        if (node.Int("transA", 0) != 0)
        {
            throw node.Refuse("it transposes its first input (transA), so that samples become features");
        }

        ConstantTensor weights = call.Matrix(1);
        weights = node.Int("transB", 0) != 0 ? weights : weights.Transposed(weights.Name);
        DensePlan<T> dense = Dense(call, weights, node.Float("alpha", 1), layers);
        if (node.Input(2) is not null)
        {
            dense.Add(call.Vector(2, dense.Outputs).ToArray(), node.Float("beta", 1));
        }

        return Add(call, dense, layers);
    }

    public static GraphValue MatMul(OperatorCall call, LayerChain<T> layers)
    {
        call.RequireFlat();
        call.RequireFirstInput();
        ConstantTensor weights = call.Matrix(1);
        return Add(call, Dense(call, weights.Transposed(weights.Name), 1, layers), layers);
    }

    private static DensePlan<T> Dense(
        OperatorCall call, ConstantTensor weights, double factor, LayerChain<T> layers)
    {
        const int VectorsPerOutput = 3;
        call.Budget.Take(call.Node, weights.Count + (VectorsPerOutput * weights.Dimensions[0]));
        FeatureSet inputs = call.Features(layers, [1], (int)weights.Dimensions[1]);

        // An image that a layer for images gives is read as one, though all its features are inputs alike.
        return new(call.Node, weights, factor, inputs with { Shape = call.Value.Layout?.Order.Shape ?? inputs.Shape });
    }

    private static GraphValue Add(OperatorCall call, DensePlan<T> dense, LayerChain<T> layers)
    {
        layers.Add(dense);
        return call.Value.WithFeatures(call.Node.Output, dense.Outputs);
    }
}
