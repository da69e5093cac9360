using NeuralNet.Optimizers;

namespace NeuralNet.Kinds;

/// <summary>The optimizers of the library and their settings.</summary>
internal static class BuiltInOptimizers
{
    public static IReadOnlyList<StrategyKind> Kinds { get; } =
    [
        Of<Adadelta>(
            "Adadelta",
            s => new(
                s.Number("learningRate", o => o.LearningRate),
                s.Number("rho", o => o.Rho),
                s.Number("epsilon", o => o.Epsilon),
                s.Number("l2Penalty", o => o.L2Penalty),
                WeightDecay(s))),
        Of<Adagrad>(
            "Adagrad",
            s => new(
                s.Number("learningRate", o => o.LearningRate),
                s.Number("learningRateDecay", o => o.LearningRateDecay),
                s.Number("initialAccumulator", o => o.InitialAccumulator),
                s.Number("epsilon", o => o.Epsilon),
                s.Number("l2Penalty", o => o.L2Penalty),
                WeightDecay(s))),
        Of<Adam>(
            "Adam",
            s => new(
                s.Number("learningRate", o => o.LearningRate),
                s.Number("beta1", o => o.Beta1),
                s.Number("beta2", o => o.Beta2),
                s.Number("epsilon", o => o.Epsilon),
                s.Flag("amsGrad", o => o.AmsGrad),
                s.Number("l2Penalty", o => o.L2Penalty),
                WeightDecay(s))),
        Of<AdamW>(
            "AdamW",
            s => new(
                s.Number("learningRate", o => o.LearningRate),
                s.Number("beta1", o => o.Beta1),
                s.Number("beta2", o => o.Beta2),
                s.Number("epsilon", o => o.Epsilon),
                s.Flag("amsGrad", o => o.AmsGrad),
                s.Number("weightDecay", o => o.WeightDecay))),
        Of<Adamax>(
            "Adamax",
            s => new(
                s.Number("learningRate", o => o.LearningRate),
                s.Number("beta1", o => o.Beta1),
                s.Number("beta2", o => o.Beta2),
                s.Number("epsilon", o => o.Epsilon),
                s.Number("l2Penalty", o => o.L2Penalty),
                WeightDecay(s))),
        Of<Lion>(
            "Lion",
            s => new(
                s.Number("learningRate", o => o.LearningRate),
                s.Number("beta1", o => o.Beta1),
                s.Number("beta2", o => o.Beta2),
                s.Number("weightDecay", o => o.WeightDecay))),
        Of<NAdam>(
            "NAdam",
            s => new(
                s.Number("learningRate", o => o.LearningRate),
                s.Number("beta1", o => o.Beta1),
                s.Number("beta2", o => o.Beta2),
                s.Number("epsilon", o => o.Epsilon),
                s.Number("momentumDecay", o => o.MomentumDecay),
                s.Number("l2Penalty", o => o.L2Penalty),
                WeightDecay(s))),
        Of<RAdam>(
            "RAdam",
            s => new(
                s.Number("learningRate", o => o.LearningRate),
                s.Number("beta1", o => o.Beta1),
                s.Number("beta2", o => o.Beta2),
                s.Number("epsilon", o => o.Epsilon),
                s.Number("l2Penalty", o => o.L2Penalty),
                WeightDecay(s))),
        Of<RmsProp>(
            "RmsProp",
            s => new(
                s.Number("learningRate", o => o.LearningRate),
                s.Number("alpha", o => o.Alpha),
                s.Number("epsilon", o => o.Epsilon),
                s.Number("momentum", o => o.Momentum),
                s.Flag("centered", o => o.Centered),
                s.Number("l2Penalty", o => o.L2Penalty),
                WeightDecay(s))),
        Of<Sgd>(
            "Sgd",
            s => new(
                s.Number("learningRate", o => o.LearningRate),
                s.Number("momentum", o => o.Momentum),
                s.Flag("nesterov", o => o.Nesterov),
                s.Number("dampening", o => o.Dampening),
                s.Number("l2Penalty", o => o.L2Penalty),
                WeightDecay(s))),
    ];

    // Left out where it is 0, so that descriptions from before it could be set are still those of today.
    private static double WeightDecay<TOptimizer>(Settings<TOptimizer> s)
        where TOptimizer : class, IOptimizer =>
        s.OptionalNumber("weightDecay", o => o.WeightDecay == 0 ? null : o.WeightDecay) ?? 0;

    private static StrategyKind Of<TOptimizer>(string name, Func<Settings<TOptimizer>, TOptimizer> describe)
        where TOptimizer : class, IOptimizer => StrategyKind.Of(KindRole.Optimizer, name, describe);
}
