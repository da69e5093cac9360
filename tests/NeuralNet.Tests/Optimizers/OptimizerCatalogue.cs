using System.Numerics;
using NeuralNet.Optimizers;

namespace NeuralNet.Tests.Optimizers;

/// <summary>
/// Every optimizer with every option. The names are those of the cases in <c>Parity/optimizers.py</c>; the first of
/// each optimizer has its defaults, which are PyTorch's.
/// </summary>
internal static class OptimizerCatalogue
{
    public static IReadOnlyDictionary<string, IOptimizer> All { get; } = new Dictionary<string, IOptimizer>
    {
        ["Sgd"] = new Sgd(),
        ["Sgd, l2"] = new Sgd(0.05, l2Penalty: 0.1),
        ["Sgd, momentum"] = new Sgd(0.02, momentum: 0.9),
        ["Sgd, momentum, dampening"] = new Sgd(0.05, momentum: 0.8, dampening: 0.3),
        ["Sgd, momentum, dampening, l2"] = new Sgd(0.05, momentum: 0.8, dampening: 0.3, l2Penalty: 0.1),
        ["Sgd, Nesterov"] = new Sgd(0.02, momentum: 0.9, nesterov: true),
        ["Sgd, Nesterov, l2"] = new Sgd(0.02, momentum: 0.9, nesterov: true, l2Penalty: 0.1),
        ["Sgd, decay"] = new Sgd(0.05, weightDecay: 0.1),
        ["Sgd, momentum, decay"] = new Sgd(0.02, momentum: 0.9, weightDecay: 0.1),
        ["RmsProp"] = new RmsProp(),
        ["RmsProp, alpha, epsilon"] = new RmsProp(0.002, alpha: 0.9, epsilon: 1e-3),
        ["RmsProp, l2"] = new RmsProp(0.002, l2Penalty: 0.1),
        ["RmsProp, momentum"] = new RmsProp(momentum: 0.5),
        ["RmsProp, centred"] = new RmsProp(centered: true),
        ["RmsProp, centred, momentum"] = new RmsProp(0.002, centered: true, momentum: 0.5),
        ["RmsProp, centred, momentum, l2"] = new RmsProp(0.002, centered: true, momentum: 0.5, l2Penalty: 0.1),
        ["RmsProp, centred, momentum, decay"] = new RmsProp(0.002, centered: true, momentum: 0.5, weightDecay: 0.1),
        ["Adagrad"] = new Adagrad(),
        ["Adagrad, rate decay"] = new Adagrad(0.2, learningRateDecay: 0.01),
        ["Adagrad, initial accumulator"] = new Adagrad(0.1, initialAccumulator: 0.5),
        ["Adagrad, epsilon, l2"] = new Adagrad(0.1, epsilon: 0.1, l2Penalty: 0.1),
        ["Adagrad, decay"] = new Adagrad(0.1, weightDecay: 0.1),
        ["Adadelta"] = new Adadelta(),
        ["Adadelta, rho, epsilon, l2"] = new Adadelta(0.2, rho: 0.95, epsilon: 1e-3, l2Penalty: 0.1),
        ["Adadelta, decay"] = new Adadelta(0.2, weightDecay: 0.05),
        ["Adam"] = new Adam(),
        ["Adam, betas, epsilon"] = new Adam(0.05, 0.8, 0.99, 1e-3),
        ["Adam, l2"] = new Adam(0.05, l2Penalty: 0.1),
        ["Adam, AMSGrad"] = new Adam(0.05, beta2: 0.9, amsGrad: true),
        ["Adam, AMSGrad, l2"] = new Adam(0.05, beta2: 0.9, amsGrad: true, l2Penalty: 0.1),
        ["Adam, decay"] = new Adam(0.05, weightDecay: 0.2),
        ["AdamW"] = new AdamW(),
        ["AdamW, decay"] = new AdamW(0.05, 0.8, 0.99, 1e-3, weightDecay: 0.2),
        ["AdamW, no decay"] = new AdamW(0.05, weightDecay: 0),
        ["AdamW, AMSGrad"] = new AdamW(0.05, beta2: 0.9, amsGrad: true),
        ["Adamax"] = new Adamax(),
        ["Adamax, betas, epsilon, l2"] = new Adamax(0.01, 0.8, 0.9, 1e-3, l2Penalty: 0.1),
        ["Adamax, decay"] = new Adamax(0.01, weightDecay: 0.1),
        ["NAdam"] = new NAdam(),
        ["NAdam, betas, epsilon, l2"] = new NAdam(0.01, 0.95, 0.99, 1e-3, l2Penalty: 0.1),
        ["NAdam, momentum decay"] = new NAdam(0.05, beta1: 0.99, momentumDecay: 0.5),
        ["NAdam, no momentum decay"] = new NAdam(0.05, momentumDecay: 0),
        ["NAdam, decay"] = new NAdam(0.01, weightDecay: 0.1),
        ["RAdam"] = new RAdam(),
        ["RAdam, betas, epsilon, l2"] = new RAdam(0.05, 0.8, 0.99, 1e-3, l2Penalty: 0.1),
        ["RAdam, never rectified"] = new RAdam(0.05, beta2: 0.6),
        ["RAdam, decay"] = new RAdam(0.05, weightDecay: 0.1),
        ["Lion"] = new Lion(),
        ["Lion, betas, decay"] = new Lion(0.01, 0.95, 0.98, weightDecay: 0.1),
    };

    public static TheoryData<string> Names { get; } = new(All.Keys);

    /// <summary>A step with the optimizer's own penalty and decay, as the trainer makes it.</summary>
    public static void Step<T>(
        this IOptimizer optimizer,
        Span<T> values,
        ReadOnlySpan<T> gradient,
        OptimizerSlots<T> slots,
        UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        ParameterUpdate.Run(optimizer, values, gradient, slots, step, UpdateSettings.Of(optimizer));
}
