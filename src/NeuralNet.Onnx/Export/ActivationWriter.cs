using NeuralNet.Activations;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Export;

/// <summary>Writes activations as operators.</summary>
internal static class ActivationWriter
{
    /// <summary>Writes an activation of the library; null for any other.</summary>
    public static string? Write(IActivation activation, string z, OnnxGraph graph) => activation switch
    {
        Identity => z,
        ReLU => graph.Node("Relu", [z]),
        LeakyReLU leaky => graph.Node("LeakyRelu", [z], OnnxAttribute.Float("alpha", leaky.Slope)),
        ReLU6 => Clip(z, 0, 6, graph),
        ELU elu when !graph.IsDouble => graph.Node("Elu", [z], OnnxAttribute.Float("alpha", elu.Alpha)),
        ELU elu => Elu(z, elu.Alpha, graph),
        SELU when !graph.IsDouble => graph.Node("Selu", [z]),
        SELU => Scaled(Elu(z, SeluNumbers.Alpha, graph), SeluNumbers.Gamma, graph),
        CELU celu => Celu(z, celu.Alpha, graph),
        GELU { TanhApproximation: false } => Gelu(z, graph),
        GELU => GeluByTanh(z, graph),
        SiLU => Silu(z, graph),
        Mish => graph.Node("Mul", [z, graph.Node("Tanh", [Softplus(z, 1, graph)])]),
        Sigmoid => graph.Node("Sigmoid", [z]),
        HardSigmoid when !graph.IsDouble => graph.Node(
            "HardSigmoid", [z], OnnxAttribute.Float("alpha", 1.0 / 6), OnnxAttribute.Float("beta", 0.5)),
        HardSigmoid => HardSigmoidOf(z, graph),
        LogSigmoid => graph.Node("Neg", [Softplus(graph.Node("Neg", [z]), 1, graph)]),
        Tanh => graph.Node("Tanh", [z]),
        HardTanh hard => Clip(z, hard.Min, hard.Max, graph),
        HardSwish when !graph.IsDouble => graph.Node("HardSwish", [z]),
        HardSwish => graph.Node("Mul", [z, HardSigmoidOf(z, graph)]),
        Softplus softplus => Softplus(z, softplus.Beta, graph),
        Softsign when !graph.IsDouble => graph.Node("Softsign", [z]),
        Softsign => graph.Node(
            "Div", [z, graph.Node("Add", [graph.Node("Abs", [z]), graph.Scalar("one", 1)])]),
        AbsoluteValue => graph.Node("Abs", [z]),
        Exponential => graph.Node("Exp", [z]),
        Logarithm => graph.Node("Log", [z]),
        SquareRoot => graph.Node("Sqrt", [z]),
        Square => graph.Node("Mul", [z, z]),
        Reciprocal => graph.Node("Reciprocal", [z]),
        ThresholdedReLU thresholded => ThresholdedRelu(z, thresholded.Threshold, graph),
        HardShrink shrink => Shrink(z, shrink.Threshold, 0, graph),
        SoftShrink shrink => Shrink(z, shrink.Threshold, shrink.Threshold, graph),
        TanhShrink => graph.Node("Sub", [z, graph.Node("Tanh", [z])]),
        SquaredReLU => SquaredRelu(z, graph),
        Softmax => graph.Node("Softmax", [z], OnnxAttribute.Int("axis", -1)),
        LogSoftmax => graph.Node("LogSoftmax", [z], OnnxAttribute.Int("axis", -1)),
        _ => null,
    };

    // In double, ONNX Runtime 1.31 fails to load a Clip behind a Relu, for it tries to make one of both.
    private static string Clip(string z, double min, double max, OnnxGraph graph) =>
        graph.IsDouble && graph.IsResultOf(z, "Relu")
            ? graph.Node("Min", [graph.Node("Max", [z, graph.Scalar("min", min)]), graph.Scalar("max", max)])
            : graph.Node("Clip", [z, graph.Scalar("min", min), graph.Scalar("max", max)]);

    private static string Shrink(string z, double threshold, double bias, OnnxGraph graph) => graph.Node(
        "Shrink", [z], OnnxAttribute.Float("lambd", threshold), OnnxAttribute.Float("bias", bias));

    private static string SquaredRelu(string z, OnnxGraph graph)
    {
        string rectified = graph.Node("Relu", [z]);
        return graph.Node("Mul", [rectified, rectified]);
    }

    // ThresholdedRelu is an operator of float alone in ONNX Runtime.
    private static string ThresholdedRelu(string z, double threshold, OnnxGraph graph) => graph.IsDouble
        ? graph.Node(
            "Where",
            [graph.Node("LessOrEqual", [z, graph.Scalar("threshold", threshold)]), graph.Scalar("zero", 0), z])
        : graph.Node("ThresholdedRelu", [z], OnnxAttribute.Float("alpha", threshold));

    // Celu is an operator of float alone; α·ELU(z/α) is the same function.
    private static string Celu(string z, double alpha, OnnxGraph graph) => graph.IsDouble
        ? Scaled(Elu(graph.Node("Div", [z, graph.Scalar("alpha", alpha)]), 1, graph), alpha, graph)
        : graph.Node("Celu", [z], OnnxAttribute.Float("alpha", alpha));

    // max(z, 0) + α·(exp(min(z, 0)) − 1): what follows is written so in double, for which ONNX Runtime has no operator.
    private static string Elu(string z, double alpha, OnnxGraph graph)
    {
        string zero = graph.Scalar("zero", 0);
        string exp = graph.Node("Exp", [graph.Node("Min", [z, zero])]);
        string below = graph.Node("Sub", [exp, graph.Scalar("one", 1)]);
        return graph.Node("Add", [graph.Node("Max", [z, zero]), Scaled(below, alpha, graph)]);
    }

    private static string HardSigmoidOf(string z, OnnxGraph graph) => Clip(
        graph.Node(
            "Add", [graph.Node("Div", [z, graph.Scalar("six", 6)]), graph.Scalar("half", 0.5)]),
        0,
        1,
        graph);

    private static string Scaled(string value, double factor, OnnxGraph graph) =>
        factor == 1 ? value : graph.Node("Mul", [value, graph.Scalar("scale", factor)]);

    // z·s(z); but in double z / (1 + e⁻ᶻ), for ONNX Runtime makes an operator of the former that it has in float alone.
    private static string Silu(string z, OnnxGraph graph)
    {
        if (!graph.IsDouble)
        {
            return graph.Node("Mul", [z, graph.Node("Sigmoid", [z])]);
        }

        string exp = graph.Node("Exp", [graph.Node("Neg", [z])]);
        return graph.Node("Div", [z, graph.Node("Add", [exp, graph.Scalar("one", 1)])]);
    }

    // ½z·(1 + erf(z/√2)), in the order in which ONNX Runtime recognizes it. An operator Gelu came with opset 20.
    private static string Gelu(string z, OnnxGraph graph)
    {
        string erf = Erf(graph.Node("Div", [z, graph.Scalar("rootOfTwo", double.Sqrt(2))]), graph);
        string product = graph.Node("Mul", [z, graph.Node("Add", [erf, graph.Scalar("one", 1)])]);
        return graph.Node("Mul", [product, graph.Scalar("half", 0.5)]);
    }

    // The error function of ONNX Runtime is one of float alone, and nothing else it has gives it in double.
    private static string Erf(string x, OnnxGraph graph) => !graph.IsDouble
        ? graph.Node("Erf", [x])
        : graph.Node(
            "Cast",
            [graph.Node("Erf", [graph.Node("Cast", [x], OnnxAttribute.Int("to", ElementKind.Float))])],
            OnnxAttribute.Int("to", ElementKind.Double));

    // ½z·(1 + tanh(√(2/π)·(z + 0.044715z³))).
    private static string GeluByTanh(string z, OnnxGraph graph)
    {
        string cube = graph.Node("Mul", [graph.Node("Mul", [z, z]), z]);
        string sum = graph.Node("Add", [z, graph.Node("Mul", [cube, graph.Scalar("cubeFactor", 0.044715)])]);
        string argument = graph.Node("Mul", [sum, graph.Scalar("factor", double.Sqrt(2 / double.Pi))]);
        string tanh = graph.Node("Tanh", [argument]);
        string product = graph.Node("Mul", [z, graph.Node("Add", [tanh, graph.Scalar("one", 1)])]);
        return graph.Node("Mul", [product, graph.Scalar("half", 0.5)]);
    }

    private static string Softplus(string z, double beta, OnnxGraph graph)
    {
        if (beta != 1)
        {
            string scale = graph.Scalar("beta", beta);
            return graph.Node("Div", [Softplus(graph.Node("Mul", [z, scale]), 1, graph), scale]);
        }

        if (!graph.IsDouble)
        {
            return graph.Node("Softplus", [z]);
        }

        // max(z, 0) + log(1 + exp(−|z|)).
        string exp = graph.Node("Exp", [graph.Node("Neg", [graph.Node("Abs", [z])])]);
        string log = graph.Node("Log", [graph.Node("Add", [exp, graph.Scalar("one", 1)])]);
        return graph.Node("Add", [graph.Node("Max", [z, graph.Scalar("zero", 0)]), log]);
    }
}
