using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>
/// Reads arithmetic with constants, one for all features or one each, as part of the dense layer or the convolution
/// before it, or else as a scaling.
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
        ScaleBy(ScalingStep.Subtract, "offset");
        ScaleBy(ScalingStep.Multiply, "scale");
        return call.Result;

        void ScaleBy(ScalingStep step, string name)
        {
            double[] values = Attribute(call.Node, name);
            FeatureSet features = values.Length == 1 ? FeatureSet.Flat : call.Features(layers, [1], values.Length);
            Scale(call, step, features, values, $"its '{name}'", layers);
        }
    }

    private static GraphValue Read(OperatorCall call, ScalingStep step, LayerChain<T> layers)
    {
        OnnxNode node = call.Node;
        if (node.Inputs.Count != 2)
        {
            throw call.Unknown();
        }

        int other = node.Input(0) == call.Value.Name ? 1 : 0;
        if (other == 0 && step is ScalingStep.Subtract or ScalingStep.Divide)
        {
            throw node.Refuse("the value that depends on the input is its second input");
        }

        (FeatureSet features, double[] values) = call.Broadcast(layers, other);
        if (layers.OpenProduct is { } product
            && (values.Length == 1 || (product.Gives(features) && values.Length == product.Outputs)))
        {
            Apply(product, step, values);
        }
        else
        {
            Scale(call, step, features, values, call.Constant(other).ToString(), layers);
        }

        return call.Result;
    }

    private static void Scale(
        OperatorCall call, ScalingStep step, FeatureSet features, double[] values, string what, LayerChain<T> layers)
    {
        ScalingPlan<T> scaling = layers.Scaling(call.Node, call.Budget, features);
        if (values.Length > 1 && scaling.InputShape is { } shape && shape.Channels != values.Length)
        {
            throw call.Node.Damaged($"{what} meets a value of {Quantity.Of(shape.Channels, "feature")}");
        }

        scaling.Apply(call.Node, step, values, features);
    }

    private static void Apply(ProductPlan<T> product, ScalingStep step, double[] values)
    {
        if (step is ScalingStep.Add or ScalingStep.Subtract)
        {
            product.Add(values, step == ScalingStep.Add ? 1 : -1);
        }
        else
        {
            product.Multiply(values, divide: step == ScalingStep.Divide);
        }
    }

    private static double[] Attribute(OnnxNode node, string name) =>
        node.Floats(name) is { Count: > 0 } floats
            ? [.. floats.Select(value => (double)value)]
            : throw node.Damaged($"it has no '{name}'");
}
