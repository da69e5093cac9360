using NeuralNet.Losses;

namespace NeuralNet.Kinds;

/// <summary>The losses of the library and their settings.</summary>
internal static class BuiltInLosses
{
    public static IReadOnlyList<StrategyKind> Kinds { get; } =
    [
        Of<BinaryCrossEntropy>("BinaryCrossEntropy", s => new()),
        Of<CosineSimilarity>("CosineSimilarity", s => new()),
        Of<Hinge>("Hinge", s => new()),
        Of<Huber>("Huber", s => new(s.Number("delta", l => l.Delta))),
        Of<KullbackLeiblerDivergence>("KullbackLeiblerDivergence", s => new()),
        Of<LogCosh>("LogCosh", s => new()),
        Of<MeanAbsoluteError>("MeanAbsoluteError", s => new()),
        Of<MeanSquaredError>("MeanSquaredError", s => new()),
        Of<NegativeLogLikelihood>(
            "NegativeLogLikelihood", s => new(s.OptionalNumbers("classWeights", l => l.ClassWeights))),
        Of<Poisson>(
            "Poisson", s => new(s.Flag("logInput", l => l.LogInput), s.Number("epsilon", l => l.Epsilon))),
        Of<SigmoidCrossEntropy>(
            "SigmoidCrossEntropy", s => new(s.Number("positiveWeight", l => l.PositiveWeight))),
        Of<SoftmaxCrossEntropy>(
            "SoftmaxCrossEntropy",
            s => new(
                s.Number("labelSmoothing", l => l.LabelSmoothing),
                s.OptionalNumbers("classWeights", l => l.ClassWeights))),
        Of<SquaredHinge>("SquaredHinge", s => new()),
    ];

    private static StrategyKind Of<TLoss>(string name, Func<Settings<TLoss>, TLoss> describe)
        where TLoss : class, ILoss => StrategyKind.Of(KindRole.Loss, name, describe);
}
