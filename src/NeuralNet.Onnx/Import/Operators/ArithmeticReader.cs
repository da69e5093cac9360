using System.Numerics;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>
/// Reads arithmetic with constants, one for all features or one each, as part of the dense layer before it or else as a
/// scaling.
/// </summary>
internal static class ArithmeticReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static GraphValue Add(OperatorCall call, LayerChain<T> layers) =>
        Read(call, ScalingStep.Add, layers);

    public static GraphValue Subtract(OperatorCall call, LayerChain<T> layers) =>
        Read(call, ScalingStep.Subtract, layers);

    public static GraphValue Multiply(OperatorCall call, LayerChain<T> layers) =>
        Read(call, ScalingStep.Multiply, layers);

    public static GraphValue Divide(OperatorCall call, LayerChain<T> layers) =>
        Read(call, ScalingStep.Divide, layers);

    /// <summary>scikit-learn's StandardScaler as skl2onnx writes it: (x − offset)·scale.</summary>
    public static GraphValue Scaler(OperatorCall call, LayerChain<T> layers)
    {
        call.RequireFlat();
        call.RequireFirstInput();
        ScalingPlan<T> scaling = layers.Scaling(call.Node, call.Budget);
        scaling.Apply(call.Node, ScalingStep.Subtract, Attribute(call.Node, "offset"));
        scaling.Apply(call.Node, ScalingStep.Multiply, Attribute(call.Node, "scale"));
        return call.Result;
    }

    private static GraphValue Read(OperatorCall call, ScalingStep step, LayerChain<T> layers)
    {
        OnnxNode node = call.Node;
        call.RequireFlat();
        if (node.Inputs.Count != 2)
        {
            throw call.Unknown();
        }

        int other = node.Input(0) == call.Value.Name ? 1 : 0;
        if (other == 0 && step is ScalingStep.Subtract or ScalingStep.Divide)
        {
            throw node.Refuse("the value that depends on the input is its second input");
        }

        ConstantTensor constant = call.Vector(other);
        if (layers.OpenDense is DensePlan<T> dense && (constant.Count == 1 || constant.Count == dense.OutputCount))
        {
            Apply(dense, step, constant);
        }
        else
        {
            layers.Scaling(node, call.Budget).Apply(node, step, constant);
        }

        return call.Result;
    }

    private static void Apply(DensePlan<T> dense, ScalingStep step, ConstantTensor constant)
    {
        if (step is ScalingStep.Add or ScalingStep.Subtract)
        {
            dense.Add(constant, step == ScalingStep.Add ? 1 : -1);
        }
        else
        {
            dense.Multiply(constant, divide: step == ScalingStep.Divide);
        }
    }

    private static ConstantTensor Attribute(OnnxNode node, string name)
    {
        var tensor = new TensorProto { DataType = ElementKind.Float };
        tensor.FloatData.Add(
            node.Floats(name) is { Count: > 0 } floats ? floats : throw node.Damaged($"it has no '{name}'"));
        tensor.Dims.Add(tensor.FloatData.Count);
        return ConstantTensor.Create(name, tensor, "");
    }
}
