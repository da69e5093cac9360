using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Optimizers;

namespace NeuralNet.Soak.Digests;

/// <summary>Every optimizer, with each option that selects another formula.</summary>
internal static class OptimizerCases
{
    private static readonly (string Name, IOptimizer Optimizer)[] _optimizers =
    [
        ("Sgd", new Sgd(0.05)),
        ("Sgd, momentum, dampening, L2", new Sgd(0.05, momentum: 0.8, dampening: 0.3, l2Penalty: 0.01)),
        ("Sgd, Nesterov", new Sgd(0.02, momentum: 0.9, nesterov: true)),
        ("RmsProp", new RmsProp(0.002)),
        ("RmsProp, centered, momentum, L2", new RmsProp(0.002, centered: true, momentum: 0.5, l2Penalty: 0.01)),
        ("Adagrad", new Adagrad(0.05, learningRateDecay: 0.01)),
        ("Adadelta", new Adadelta()),
        ("Adam", new Adam(0.01)),
        ("Adam, AMSGrad, L2", new Adam(0.05, beta2: 0.9, amsGrad: true, l2Penalty: 0.01)),
        ("AdamW", new AdamW(0.01, weightDecay: 0.1)),
        ("AdamW, AMSGrad", new AdamW(0.01, beta2: 0.9, amsGrad: true)),
        ("Adamax", new Adamax(0.01)),
        ("NAdam", new NAdam(0.01)),
        ("RAdam", new RAdam(0.01)),
        ("Lion", new Lion(0.001, weightDecay: 0.1)),
    ];

    public static IEnumerable<DigestCase<T>> All<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        _optimizers.Select(entry => CaseBuilder.Classifier<T>(
            $"optimizer {entry.Name}", layers => layers.Dense(24, new ReLU()), optimizer: entry.Optimizer));
}
