using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Initializers;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Regularization;
using static NeuralNet.Soak.Digests.CaseBuilder;

namespace NeuralNet.Soak.Digests;

/// <summary>Every layer, activation and initializer.</summary>
internal static class LayerCases
{
    private static readonly IActivation[] _activations =
    [
        new Identity(), new ReLU(), new LeakyReLU(), new ReLU6(), new ELU(), new SELU(), new CELU(0.5), new GELU(),
        new GELU(tanhApproximation: true), new SiLU(), new Mish(), new Sigmoid(), new HardSigmoid(), new LogSigmoid(),
        new Tanh(), new HardTanh(), new HardSwish(), new Softplus(), new Softsign(), new Softmax(), new LogSoftmax(),
        new HardShrink(), new SoftShrink(), new TanhShrink(),
    ];

    // Defined above 0.
    private static readonly IActivation[] _functions =
    [
        new AbsoluteValue(), new Exponential(), new Logarithm(), new SquareRoot(), new Square(), new Reciprocal(),
        new ThresholdedReLU(0.5), new SquaredReLU(),
    ];

    private static readonly IInitializer[] _initializers =
    [
        new One(), new Constant(0.1), new Uniform(-0.2, 0.3), new Normal(0.1, 0.2), new TruncatedNormal(0, 0.3),
        new GlorotNormal(), new GlorotUniform(), new HeNormal(), new HeUniform(), new LeCunNormal(), new LeCunUniform(),
        new Orthogonal(),
    ];

    public static IEnumerable<DigestCase<T>> All<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        [
            Classifier<T>("dense, ReLU", layers => layers.Dense(24, new ReLU())),
            Classifier<T>("linear", layers => { }),
            Classifier<T>("batch normalization", layers => layers.Dense(24, new ReLU()).BatchNormalization().Dense(9)),
            Classifier<T>("layer normalization", layers => layers.Dense(24, new ReLU()).LayerNormalization().Dense(9)),
            Classifier<T>("dropout", layers => layers.Dense(24, new ReLU()).Dropout(0.3)),
            Classifier<T>(
                "dropout in a residual",
                layers => layers.Dense(24).Residual(block => block.Dense(17, new ReLU()).Dropout(0.3).Dense(24))),
            Classifier<T>(
                "residual",
                layers => layers.Dense(24).Residual(block => block.LayerNormalization().Dense(24, new GELU()))),
            Classifier<T>(
                "nested residuals",
                layers => layers.Dense(24).Residual(outer => outer
                    .Dense(12, new Tanh())
                    .Residual(inner => inner.BatchNormalization().Activation(new SiLU()).Dense(12))
                    .Dense(24))),
            Classifier<T>("PReLU", layers => layers.Dense(24).PReLU().Dense(13).PReLU(0.1, slopePerFeature: true)),
            Classifier<T>("gated linear unit", layers => layers.SwiGlu(24).Dense(18).Glu()),
            Classifier<T>(
                "weight normalization",
                layers => layers
                    .WeightNormalization(layer => layer.Dense(24, biases: false), new ReLU())
                    .WeightNormalization(layer => layer.Dense(9, biases: false), biases: false)),
            Classifier<T>(
                "noise, alpha dropout, activity penalty",
                layers => layers.GaussianNoise(0.1).Dense(24, new SELU()).AlphaDropout(0.2)
                    .Dense(17, new ReLU()).ActivityPenalty(new ElasticNetPenalty(1e-3, 1e-3))),
            Classifier<T>(
                "unit norm, non-negative",
                layers => layers
                    .Dense(24, new ReLU(), weightConstraint: new UnitNorm())
                    .Dense(17, new ReLU(), weightConstraint: new NonNegative())),
            .. _activations.Select(Activated<T>),
            .. _functions.Select(function => Classifier<T>(
                $"function {function.Name}",
                layers => layers.Dense(24, new Softplus()).Activation(function).BatchNormalization())),
            .. _initializers.Select(initializer => Classifier<T>(
                $"initializer {initializer.GetType().Name}",
                layers => layers.Dense(
                    24, new Tanh(), weightInitializer: initializer, biasInitializer: new Uniform(-0.1, 0.1)))),
        ];

    // Inputs so wide that activations with bounds reach them.
    private static DigestCase<T> Activated<T>(IActivation activation)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Case(
            $"activation {activation.Name}{(activation is GELU { TanhApproximation: true } ? ", by tanh" : "")}",
            () => Network.Create<T>(Samples.Features, seed: 3)
                .Dense(24, activation).Dense(9).Activation(activation).Dense(Samples.Classes).Build(),
            Samples.Labelled<T>(range: 6),
            new SoftmaxCrossEntropy(),
            new Adam(0.01),
            Options<T>());
}
