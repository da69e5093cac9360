using NeuralNet.Activations;

namespace NeuralNet.Kinds;

/// <summary>The activations of the library and their settings.</summary>
internal static class BuiltInActivations
{
    public static IReadOnlyList<StrategyKind> Kinds { get; } =
    [
        Of<AbsoluteValue>("AbsoluteValue", s => new()),
        Of<CELU>("CELU", s => new(s.Number("alpha", a => a.Alpha))),
        Of<ELU>("ELU", s => new(s.Number("alpha", a => a.Alpha))),
        Of<Exponential>("Exponential", s => new()),
        Of<GELU>("GELU", s => new(s.Flag("tanhApproximation", a => a.TanhApproximation))),
        Of<HardShrink>("HardShrink", s => new(s.Number("threshold", a => a.Threshold))),
        Of<HardSigmoid>("HardSigmoid", s => new()),
        Of<HardSwish>("HardSwish", s => new()),
        Of<HardTanh>("HardTanh", s => new(s.Number("min", a => a.Min), s.Number("max", a => a.Max))),
        Of<Identity>("Identity", s => new()),
        Of<LeakyReLU>("LeakyReLU", s => new(s.Number("slope", a => a.Slope))),
        Of<LogSigmoid>("LogSigmoid", s => new()),
        Of<LogSoftmax>("LogSoftmax", s => new()),
        Of<Logarithm>("Logarithm", s => new()),
        Of<Mish>("Mish", s => new()),
        Of<ReLU>("ReLU", s => new()),
        Of<ReLU6>("ReLU6", s => new()),
        Of<Reciprocal>("Reciprocal", s => new()),
        Of<SELU>("SELU", s => new()),
        Of<SiLU>("SiLU", s => new()),
        Of<Sigmoid>("Sigmoid", s => new()),
        Of<SoftShrink>("SoftShrink", s => new(s.Number("threshold", a => a.Threshold))),
        Of<Softmax>("Softmax", s => new()),
        Of<Softplus>("Softplus", s => new(s.Number("beta", a => a.Beta))),
        Of<Softsign>("Softsign", s => new()),
        Of<Square>("Square", s => new()),
        Of<SquareRoot>("SquareRoot", s => new()),
        Of<SquaredReLU>("SquaredReLU", s => new()),
        Of<Tanh>("Tanh", s => new()),
        Of<TanhShrink>("TanhShrink", s => new()),
        Of<ThresholdedReLU>("ThresholdedReLU", s => new(s.Number("threshold", a => a.Threshold))),
    ];

    private static StrategyKind Of<TActivation>(string name, Func<Settings<TActivation>, TActivation> describe)
        where TActivation : class, IActivation => StrategyKind.Of(KindRole.Activation, name, describe);
}
