using NeuralNet.Activations;

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
        ELU elu => graph.Node("Elu", [z], OnnxAttribute.Float("alpha", elu.Alpha)),
        SELU => graph.Node("Selu", [z]),
        CELU celu => Celu(z, celu.Alpha, graph),
        GELU { TanhApproximation: false } => Gelu(z, graph),
        GELU => GeluByTanh(z, graph),
        SiLU => Silu(z, graph),
        Mish => graph.Node("Mul", [z, graph.Node("Tanh", [graph.Node("Softplus", [z])])]),
        Sigmoid => graph.Node("Sigmoid", [z]),
        HardSigmoid => graph.Node(
            "HardSigmoid", [z], OnnxAttribute.Float("alpha", 1.0 / 6), OnnxAttribute.Float("beta", 0.5)),
        LogSigmoid => graph.Node("Neg", [graph.Node("Softplus", [graph.Node("Neg", [z])])]),
        Tanh => graph.Node("Tanh", [z]),
        HardTanh hard => Clip(z, hard.Min, hard.Max, graph),
        HardSwish => graph.Node("HardSwish", [z]),
        Softplus softplus => Softplus(z, softplus.Beta, graph),
        Softsign => graph.Node("Softsign", [z]),
        Softmax => graph.Node("Softmax", [z], OnnxAttribute.Int("axis", -1)),
        LogSoftmax => graph.Node("LogSoftmax", [z], OnnxAttribute.Int("axis", -1)),
        _ => null,
    };

    private static string Clip(string z, double min, double max, OnnxGraph graph) =>
        graph.Node("Clip", [z, graph.Scalar("min", min), graph.Scalar("max", max)]);

    // Celu is an operator of float alone; α·ELU(z/α) is the same function.
    private static string Celu(string z, double alpha, OnnxGraph graph)
    {
        if (!graph.IsDouble)
        {
            return graph.Node("Celu", [z], OnnxAttribute.Float("alpha", alpha));
        }

        string scale = graph.Scalar("alpha", alpha);
        string elu = graph.Node("Elu", [graph.Node("Div", [z, scale])], OnnxAttribute.Float("alpha", 1));
        return graph.Node("Mul", [elu, scale]);
    }

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
        string erf = graph.Node("Erf", [graph.Node("Div", [z, graph.Scalar("rootOfTwo", double.Sqrt(2))])]);
        string product = graph.Node("Mul", [z, graph.Node("Add", [erf, graph.Scalar("one", 1)])]);
        return graph.Node("Mul", [product, graph.Scalar("half", 0.5)]);
    }

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
        if (beta == 1)
        {
            return graph.Node("Softplus", [z]);
        }

        string scale = graph.Scalar("beta", beta);
        return graph.Node("Div", [graph.Node("Softplus", [graph.Node("Mul", [z, scale])]), scale]);
    }
}
