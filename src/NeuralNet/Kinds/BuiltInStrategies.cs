using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Losses;
using NeuralNet.Optimizers;
using NeuralNet.Regularization;
using NeuralNet.Schedules;

namespace NeuralNet.Kinds;

/// <summary>Activations, losses, optimizers and so on of the library, each with its settings: one entry each.</summary>
internal static class BuiltInStrategies
{
    public static IEnumerable<Kind<T>> Kinds<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        .. Activations<T>(), .. Regularization<T>(), .. Losses<T>(), .. Optimizers<T>(), .. Schedules<T>(), .. Clippings<T>(),
    ];

    private static IEnumerable<Kind<T>> Activations<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const KindRole Role = KindRole.Activation;
        return
        [
            Of<T, CELU>(Role, "CELU", (a, s) => s.Number("alpha", a.Alpha), s => new(s.Number("alpha"))),
            Of<T, ELU>(Role, "ELU", (a, s) => s.Number("alpha", a.Alpha), s => new(s.Number("alpha"))),
            Of<T, GELU>(Role, "GELU", (a, s) => s.Flag("tanhApproximation", a.TanhApproximation), s => new(s.Flag("tanhApproximation"))),
            Of<T, HardSigmoid>(Role, "HardSigmoid", () => new()),
            Of<T, HardSwish>(Role, "HardSwish", () => new()),
            Of<T, HardTanh>(Role, "HardTanh", (a, s) => s.Number("min", a.Min).Number("max", a.Max), s => new(s.Number("min"), s.Number("max"))),
            Of<T, Identity>(Role, "Identity", () => new()),
            Of<T, LeakyReLU>(Role, "LeakyReLU", (a, s) => s.Number("slope", a.Slope), s => new(s.Number("slope"))),
            Of<T, LogSigmoid>(Role, "LogSigmoid", () => new()),
            Of<T, LogSoftmax>(Role, "LogSoftmax", () => new()),
            Of<T, Mish>(Role, "Mish", () => new()),
            Of<T, ReLU>(Role, "ReLU", () => new()),
            Of<T, ReLU6>(Role, "ReLU6", () => new()),
            Of<T, SELU>(Role, "SELU", () => new()),
            Of<T, SiLU>(Role, "SiLU", () => new()),
            Of<T, Sigmoid>(Role, "Sigmoid", () => new()),
            Of<T, Softmax>(Role, "Softmax", () => new()),
            Of<T, Softplus>(Role, "Softplus", (a, s) => s.Number("beta", a.Beta), s => new(s.Number("beta"))),
            Of<T, Softsign>(Role, "Softsign", () => new()),
            Of<T, Tanh>(Role, "Tanh", () => new()),
        ];
    }

    private static IEnumerable<Kind<T>> Regularization<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        Of<T, L1Penalty>(KindRole.Penalty, "L1Penalty", (p, s) => s.Number("strength", p.Strength), s => new(s.Number("strength"))),
        Of<T, L2Penalty>(KindRole.Penalty, "L2Penalty", (p, s) => s.Number("strength", p.Strength), s => new(s.Number("strength"))),
        Of<T, ElasticNetPenalty>(KindRole.Penalty, "ElasticNetPenalty", (p, s) => s.Number("l1", p.L1).Number("l2", p.L2), s => new(s.Number("l1"), s.Number("l2"))),
        Of<T, MaxNorm>(KindRole.Constraint, "MaxNorm", (c, s) => s.Number("limit", c.Limit), s => new(s.Number("limit"))),
    ];

    private static IEnumerable<Kind<T>> Losses<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const KindRole Role = KindRole.Loss;
        return
        [
            Of<T, BinaryCrossEntropy>(Role, "BinaryCrossEntropy", () => new()),
            Of<T, CosineSimilarity>(Role, "CosineSimilarity", () => new()),
            Of<T, Hinge>(Role, "Hinge", () => new()),
            Of<T, Huber>(Role, "Huber", (l, s) => s.Number("delta", l.Delta), s => new(s.Number("delta"))),
            Of<T, KullbackLeiblerDivergence>(Role, "KullbackLeiblerDivergence", () => new()),
            Of<T, LogCosh>(Role, "LogCosh", () => new()),
            Of<T, MeanAbsoluteError>(Role, "MeanAbsoluteError", () => new()),
            Of<T, MeanSquaredError>(Role, "MeanSquaredError", () => new()),
            Of<T, NegativeLogLikelihood>(Role, "NegativeLogLikelihood", (l, s) => s.Numbers("classWeights", l.ClassWeights), s => new(ClassWeights(s))),
            Of<T, Poisson>(Role, "Poisson", (l, s) => s.Flag("logInput", l.LogInput).Number("epsilon", l.Epsilon), s => new(s.Flag("logInput"), s.Number("epsilon"))),
            Of<T, SigmoidCrossEntropy>(Role, "SigmoidCrossEntropy", (l, s) => s.Number("positiveWeight", l.PositiveWeight), s => new(s.Number("positiveWeight"))),
            Of<T, SoftmaxCrossEntropy>(Role, "SoftmaxCrossEntropy", (l, s) => s.Number("labelSmoothing", l.LabelSmoothing).Numbers("classWeights", l.ClassWeights), s => new(s.Number("labelSmoothing"), ClassWeights(s))),
            Of<T, SquaredHinge>(Role, "SquaredHinge", () => new()),
        ];
    }

    private static IEnumerable<Kind<T>> Optimizers<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const KindRole Role = KindRole.Optimizer;
        return
        [
            Of<T, Adadelta>(
                Role,
                "Adadelta",
                (o, s) => s.Number("learningRate", o.LearningRate).Number("rho", o.Rho).Number("epsilon", o.Epsilon).Number("l2Penalty", o.L2Penalty),
                s => new(s.Number("learningRate"), s.Number("rho"), s.Number("epsilon"), s.Number("l2Penalty"))),
            Of<T, Adagrad>(
                Role,
                "Adagrad",
                (o, s) => s.Number("learningRate", o.LearningRate).Number("learningRateDecay", o.LearningRateDecay).Number("initialAccumulator", o.InitialAccumulator).Number("epsilon", o.Epsilon).Number("l2Penalty", o.L2Penalty),
                s => new(s.Number("learningRate"), s.Number("learningRateDecay"), s.Number("initialAccumulator"), s.Number("epsilon"), s.Number("l2Penalty"))),
            Of<T, Adam>(
                Role,
                "Adam",
                (o, s) => s.Number("learningRate", o.LearningRate).Number("beta1", o.Beta1).Number("beta2", o.Beta2).Number("epsilon", o.Epsilon).Flag("amsGrad", o.AmsGrad).Number("l2Penalty", o.L2Penalty),
                s => new(s.Number("learningRate"), s.Number("beta1"), s.Number("beta2"), s.Number("epsilon"), s.Flag("amsGrad"), s.Number("l2Penalty"))),
            Of<T, AdamW>(
                Role,
                "AdamW",
                (o, s) => s.Number("learningRate", o.LearningRate).Number("beta1", o.Beta1).Number("beta2", o.Beta2).Number("epsilon", o.Epsilon).Flag("amsGrad", o.AmsGrad).Number("weightDecay", o.WeightDecay),
                s => new(s.Number("learningRate"), s.Number("beta1"), s.Number("beta2"), s.Number("epsilon"), s.Flag("amsGrad"), s.Number("weightDecay"))),
            Of<T, Adamax>(
                Role,
                "Adamax",
                (o, s) => s.Number("learningRate", o.LearningRate).Number("beta1", o.Beta1).Number("beta2", o.Beta2).Number("epsilon", o.Epsilon).Number("l2Penalty", o.L2Penalty),
                s => new(s.Number("learningRate"), s.Number("beta1"), s.Number("beta2"), s.Number("epsilon"), s.Number("l2Penalty"))),
            Of<T, Lion>(
                Role,
                "Lion",
                (o, s) => s.Number("learningRate", o.LearningRate).Number("beta1", o.Beta1).Number("beta2", o.Beta2).Number("weightDecay", o.WeightDecay),
                s => new(s.Number("learningRate"), s.Number("beta1"), s.Number("beta2"), s.Number("weightDecay"))),
            Of<T, NAdam>(
                Role,
                "NAdam",
                (o, s) => s.Number("learningRate", o.LearningRate).Number("beta1", o.Beta1).Number("beta2", o.Beta2).Number("epsilon", o.Epsilon).Number("momentumDecay", o.MomentumDecay).Number("l2Penalty", o.L2Penalty),
                s => new(s.Number("learningRate"), s.Number("beta1"), s.Number("beta2"), s.Number("epsilon"), s.Number("momentumDecay"), s.Number("l2Penalty"))),
            Of<T, RAdam>(
                Role,
                "RAdam",
                (o, s) => s.Number("learningRate", o.LearningRate).Number("beta1", o.Beta1).Number("beta2", o.Beta2).Number("epsilon", o.Epsilon).Number("l2Penalty", o.L2Penalty),
                s => new(s.Number("learningRate"), s.Number("beta1"), s.Number("beta2"), s.Number("epsilon"), s.Number("l2Penalty"))),
            Of<T, RmsProp>(
                Role,
                "RmsProp",
                (o, s) => s.Number("learningRate", o.LearningRate).Number("alpha", o.Alpha).Number("epsilon", o.Epsilon).Number("momentum", o.Momentum).Flag("centered", o.Centered).Number("l2Penalty", o.L2Penalty),
                s => new(s.Number("learningRate"), s.Number("alpha"), s.Number("epsilon"), s.Number("momentum"), s.Flag("centered"), s.Number("l2Penalty"))),
            Of<T, Sgd>(
                Role,
                "Sgd",
                (o, s) => s.Number("learningRate", o.LearningRate).Number("momentum", o.Momentum).Flag("nesterov", o.Nesterov).Number("dampening", o.Dampening).Number("l2Penalty", o.L2Penalty),
                s => new(s.Number("learningRate"), s.Number("momentum"), s.Flag("nesterov"), s.Number("dampening"), s.Number("l2Penalty"))),
        ];
    }

    private static IEnumerable<Kind<T>> Schedules<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const KindRole Role = KindRole.Schedule;
        return
        [
            Of<T, ConstantRate>(Role, "ConstantRate", (r, s) => s.Number("value", r.Value), s => new(s.Number("value"))),
            Of<T, CosineDecay>(Role, "CosineDecay", (r, s) => s.Number("finalFactor", r.FinalFactor), s => new(s.Number("finalFactor"))),
            Of<T, CosineWarmRestarts>(
                Role,
                "CosineWarmRestarts",
                (r, s) => s.Integer("firstPeriod", r.FirstPeriod).Integer("periodMultiplier", r.PeriodMultiplier).Number("finalFactor", r.FinalFactor),
                s => new(s.Integer("firstPeriod"), s.Size("periodMultiplier"), s.Number("finalFactor"))),
            Of<T, ExponentialDecay>(Role, "ExponentialDecay", (r, s) => s.Number("decayFactor", r.DecayFactor), s => new(s.Number("decayFactor"))),
            Of<T, LinearWarmup>(
                Role,
                "LinearWarmup",
                (r, s) => s.Integer("steps", r.Steps).Schedule("then", r.Then).Number("startFactor", r.StartFactor),
                s => new(s.Integer("steps"), s.Schedule("then"), s.Number("startFactor"))),
            Of<T, MultiStepDecay>(
                Role,
                "MultiStepDecay",
                (r, s) => s.Integers("milestones", r.Milestones).Number("decayFactor", r.DecayFactor),
                s => new(s.Integers("milestones"), s.Number("decayFactor"))),
            Of<T, OneCycle>(
                Role,
                "OneCycle",
                (r, s) => s.Number("riseShare", r.RiseShare).Number("initialDivisor", r.InitialDivisor).Number("finalDivisor", r.FinalDivisor),
                s => new(s.Number("riseShare"), s.Number("initialDivisor"), s.Number("finalDivisor"))),
            Of<T, PolynomialDecay>(
                Role,
                "PolynomialDecay",
                (r, s) => s.Number("power", r.Power).Number("finalFactor", r.FinalFactor).Integer("steps", r.Steps),
                s => new(s.Number("power"), s.Number("finalFactor"), s.Has("steps") ? s.Integer("steps") : null)),
            Of<T, StepDecay>(
                Role,
                "StepDecay",
                (r, s) => s.Integer("everySteps", r.EverySteps).Number("decayFactor", r.DecayFactor),
                s => new(s.Integer("everySteps"), s.Number("decayFactor"))),
        ];
    }

    private static IEnumerable<Kind<T>> Clippings<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        Of<T, ClipByGlobalNorm>(KindRole.Clipping, "ClipByGlobalNorm", (c, s) => s.Number("maxNorm", c.MaxNorm), s => new(s.Number("maxNorm"))),
        Of<T, ClipByNorm>(KindRole.Clipping, "ClipByNorm", (c, s) => s.Number("maxNorm", c.MaxNorm), s => new(s.Number("maxNorm"))),
        Of<T, ClipByValue>(KindRole.Clipping, "ClipByValue", (c, s) => s.Number("limit", c.Limit), s => new(s.Number("limit"))),
    ];

    private static IReadOnlyList<double>? ClassWeights<T>(SettingsReader<T> s)
        where T : unmanaged, IFloatingPointIeee754<T> => s.Has("classWeights") ? s.Numbers("classWeights") : null;

    private static Kind<T> Of<T, TKind>(KindRole role, string name, Action<TKind, SettingsWriter<T>> write, Func<SettingsReader<T>, TKind> read)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TKind : class => Kind<T>.Of(role, name, write, read);

    private static Kind<T> Of<T, TKind>(KindRole role, string name, Func<TKind> make)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TKind : class => Kind<T>.Of(role, name, (_, _) => { }, _ => make());
}
