using NeuralNet.Activations;

namespace NeuralNet.Tests.Activations;

/// <summary>
/// All activations of the library, each option once: what holds for every activation is tested over this list.
/// </summary>
internal static class Catalogue
{
    /// <summary>Those that treat every number by itself and never fall as z rises.</summary>
    public static IReadOnlyList<IActivation> Monotone { get; } =
    [
        new Identity(), new ReLU(), new LeakyReLU(), new LeakyReLU(0.2), new ReLU6(), new ELU(), new ELU(0.5),
        new SELU(),
        new CELU(), new CELU(2.5), new Sigmoid(), new HardSigmoid(), new LogSigmoid(), new Tanh(), new HardTanh(),
        new HardTanh(-3, 0.5), new Softplus(), new Softplus(2.5), new Softsign(),
    ];

    /// <summary>Those that treat every number by itself.</summary>
    public static IReadOnlyList<IActivation> Elementwise { get; } =
        [.. Monotone, new GELU(), new GELU(tanhApproximation: true), new SiLU(), new Mish(), new HardSwish()];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<IActivation> Activations { get; } = [.. Elementwise, new Softmax(), new LogSoftmax()];
}
