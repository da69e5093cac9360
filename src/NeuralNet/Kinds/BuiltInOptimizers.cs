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
                s.Number("l2Penalty", o => o.L2Penalty))),
        Of<Adagrad>(
            "Adagrad",
            s => new(
                s.Number("learningRate", o => o.LearningRate),
                s.Number("learningRateDecay", o => o.LearningRateDecay),
                s.Number("initialAccumulator", o => o.InitialAccumulator),
                s.Number("epsilon", o => o.Epsilon),
                s.Number("l2Penalty", o => o.L2Penalty))),
        Of<Adam>(
            "Adam",
            s => new(
                s.Number("learningRate", o => o.LearningRate),
                s.Number("beta1", o => o.Beta1),
                s.Number("beta2", o => o.Beta2),
                s.Number("epsilon", o => o.Epsilon),
                s.Flag("amsGrad", o => o.AmsGrad),
                s.Number("l2Penalty", o => o.L2Penalty))),
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
                s.Number("l2Penalty", o => o.L2Penalty))),
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
                s.Number("l2Penalty", o => o.L2Penalty))),
        Of<RAdam>(
            "RAdam",
            s => new(
                s.Number("learningRate", o => o.LearningRate),
                s.Number("beta1", o => o.Beta1),
                s.Number("beta2", o => o.Beta2),
                s.Number("epsilon", o => o.Epsilon),
                s.Number("l2Penalty", o => o.L2Penalty))),
        Of<RmsProp>(
            "RmsProp",
            s => new(
                s.Number("learningRate", o => o.LearningRate),
                s.Number("alpha", o => o.Alpha),
                s.Number("epsilon", o => o.Epsilon),
                s.Number("momentum", o => o.Momentum),
                s.Flag("centered", o => o.Centered),
                s.Number("l2Penalty", o => o.L2Penalty))),
        Of<Sgd>(
            "Sgd",
            s => new(
                s.Number("learningRate", o => o.LearningRate),
                s.Number("momentum", o => o.Momentum),
                s.Flag("nesterov", o => o.Nesterov),
                s.Number("dampening", o => o.Dampening),
                s.Number("l2Penalty", o => o.L2Penalty))),
    ];

    private static StrategyKind Of<TOptimizer>(string name, Func<Settings<TOptimizer>, TOptimizer> describe)
        where TOptimizer : class, IOptimizer => StrategyKind.Of(KindRole.Optimizer, name, describe);
}
