using NeuralNet.Activations;

namespace NeuralNet.Tests.Activations;

/// <summary>All activations of the library, each option once, for tests of properties of every activation.</summary>
internal static class Catalogue
{
    /// <summary>The element-wise ones that never fall as z rises.</summary>
    public static IReadOnlyList<IActivation> Monotone { get; } =
    [
        new Identity(), new ReLU(), new LeakyReLU(), new LeakyReLU(0.2), new ReLU6(), new ELU(), new ELU(0.5),
        new SELU(),
        new CELU(), new CELU(2.5), new Sigmoid(), new HardSigmoid(), new LogSigmoid(), new Tanh(), new HardTanh(),
        new HardTanh(-3, 0.5), new Softplus(), new Softplus(2.5), new Softsign(), new TanhShrink(),
        new HardShrink(), new HardShrink(2), new SoftShrink(), new SoftShrink(2),
    ];

    /// <summary>The element-wise ones.</summary>
    public static IReadOnlyList<IActivation> Elementwise { get; } =
        [.. Monotone, new GELU(), new GELU(tanhApproximation: true), new SiLU(), new Mish(), new HardSwish()];

    /// <summary>Those that are finite for all numbers and have a derivative nearly everywhere.</summary>
    public static IReadOnlyList<IActivation> Activations { get; } = [.. Elementwise, new Softmax(), new LogSoftmax()];

    /// <summary>Functions of what a layer computes, some of which are not defined or not finite everywhere.</summary>
    public static IReadOnlyList<IActivation> Functions { get; } =
    [
        new AbsoluteValue(), new Exponential(), new Logarithm(), new SquareRoot(), new Square(), new Reciprocal(),
        new ThresholdedReLU(0.25), new SquaredReLU(),
    ];

    /// <summary>All of the library.</summary>
    public static IReadOnlyList<IActivation> All { get; } = [.. Activations, .. Functions];
}
