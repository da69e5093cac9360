using NeuralNet.Activations;

namespace NeuralNet.CodeGeneration;

/// <summary>An element-wise activation as an expression in z.</summary>
/// <remarks>
/// All are computed in double, which is accurate enough for both types, so that one formula serves both.
/// </remarks>
/// <param name="Name">The name of its method.</param>
/// <param name="Expression">σ(z), in C#; NaN stays NaN, and the infinities give the limits.</param>
/// <param name="Needs">The methods that it calls.</param>
/// <param name="Settings">Its hyperparameters.</param>
internal sealed record ActivationFormula(
    string Name, string Expression, string[] Needs, params (string Name, double Value)[] Settings)
{
    /// <summary>The names of all methods of activations.</summary>
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>
    {
        "ReLU", "LeakyReLU", "ReLU6", "ELU", "SELU", "CELU", "Sigmoid", "HardSigmoid", "LogSigmoid", "Tanh", "HardTanh",
        "Softplus", "Softsign", "GELU", "GELUTanh", "SiLU", "Mish", "HardSwish", "Softmax", "LogSoftmax",
        "AbsoluteValue", "Exponential", "Logarithm", "SquareRoot", "Square", "Reciprocal", "ThresholdedReLU",
        "HardShrink", "SoftShrink", "TanhShrink", "SquaredReLU",
    };

    /// <summary>Returns the formula of an activation; null if it is not one of the library's.</summary>
    public static ActivationFormula? Of(IActivation activation) => activation switch
    {
        ReLU => new("ReLU", "Math.Max(z, 0)", []),
        LeakyReLU leaky => new("LeakyReLU", "z > 0 ? z : slope * z", [], ("slope", leaky.Slope)),
        ReLU6 => new("ReLU6", "Clamp(z, 0, 6)", ["Clamp"]),
        ELU elu => new("ELU", "z > 0 ? z : alpha * ExpMinusOne(z)", ["ExpMinusOne"], ("alpha", elu.Alpha)),
        SELU => new(
            "SELU",
            "1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * ExpMinusOne(z))",
            ["ExpMinusOne"]),
        CELU celu => new("CELU", "z > 0 ? z : alpha * ExpMinusOne(z / alpha)", ["ExpMinusOne"], ("alpha", celu.Alpha)),
        Sigmoid => new("Sigmoid", "1 / (1 + Math.Exp(-z))", []),
        HardSigmoid => new("HardSigmoid", "Clamp(z + 3, 0, 6) / 6", ["Clamp"]),
        LogSigmoid => new("LogSigmoid", "-LogOnePlusExp(-z)", ["LogOnePlusExp"]),
        Tanh => new("Tanh", "Math.Tanh(z)", []),
        HardTanh hard => new("HardTanh", "Clamp(z, min, max)", ["Clamp"], ("min", hard.Min), ("max", hard.Max)),
        Softplus softplus => new(
            "Softplus", "LogOnePlusExp(beta * z) / beta", ["LogOnePlusExp"], ("beta", softplus.Beta)),

        // Where 1 + |z| is |z|, the quotient is ±1, so that infinity / infinity does not occur.
        Softsign => new("Softsign", "Clamp(z, -1e18, 1e18) / (1 + Math.Abs(Clamp(z, -1e18, 1e18)))", ["Clamp"]),

        // For large negative z the second factor is 0, and -infinity * 0 must not occur.
        GELU { TanhApproximation: false } => new(
            "GELU", "Math.Max(z, -64) * NormalDistribution(z)", ["NormalDistribution"]),
        GELU => new(
            "GELUTanh", "Math.Max(z, -64) / (1 + Math.Exp(-1.5957691216057308 * z * (1 + (0.044715 * z * z))))", []),
        SiLU => new("SiLU", "Math.Max(z, -1000) / (1 + Math.Exp(-z))", []),
        Mish => new("Mish", "Math.Max(z, -1000) * TanhOfSoftplus(Math.Exp(Math.Min(z, 24)))", ["TanhOfSoftplus"]),
        AbsoluteValue => new("AbsoluteValue", "Math.Abs(z)", []),
        Exponential => new("Exponential", "Math.Exp(z)", []),
        Logarithm => new("Logarithm", "Math.Log(z)", []),
        SquareRoot => new("SquareRoot", "Math.Sqrt(z)", []),
        Square => new("Square", "z * z", []),
        Reciprocal => new("Reciprocal", "1 / z", []),
        ThresholdedReLU thresholded => new(
            "ThresholdedReLU", "z <= threshold ? 0 : z", [], ("threshold", thresholded.Threshold)),
        HardShrink shrink => new(
            "HardShrink", "Math.Abs(z) <= threshold ? 0 : z", [], ("threshold", shrink.Threshold)),
        SoftShrink shrink => new(
            "SoftShrink",
            "Math.Abs(z) <= threshold ? 0 : z > 0 ? z - threshold : z + threshold",
            [],
            ("threshold", shrink.Threshold)),
        TanhShrink => new("TanhShrink", "LessTanh(z)", ["LessTanh"]),
        SquaredReLU => new("SquaredReLU", "Math.Max(z, 0) * Math.Max(z, 0)", []),
        HardSwish => new("HardSwish", "Math.Max(z, -3) * (Clamp(z + 3, 0, 6) / 6)", ["Clamp"]),
        _ => null,
    };
}
