using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;

namespace NeuralNet.Kinds;

/// <summary>The losses of the library and their settings.</summary>
internal static class BuiltInLosses
{
    public static IReadOnlyList<StrategyKind> Kinds { get; } =
    [
        Of<BinaryCrossEntropy>(
            "BinaryCrossEntropy",
            s => new(s.OptionalNumber("labelSmoothing", l => l.LabelSmoothing is 0 ? null : l.LabelSmoothing) ?? 0)),
        Of<CategoricalCrossEntropy>(
            "CategoricalCrossEntropy",
            s => new(
                s.Number("labelSmoothing", l => l.LabelSmoothing),
                s.OptionalNumbers("classWeights", l => l.ClassWeights))),
        Of<ContrastiveLoss>("ContrastiveLoss", s => new(s.Number("margin", l => l.Margin))),
        Of<CosineSimilarity>("CosineSimilarity", s => new()),
        Of<DiceLoss>("DiceLoss", s => new(s.Number("smoothing", l => l.Smoothing))),
        Of<GaussianNegativeLogLikelihood>(
            "GaussianNegativeLogLikelihood",
            s => new(s.Flag("logVariance", l => l.LogVariance), s.Number("epsilon", l => l.Epsilon))),
        Of<Hinge>("Hinge", s => new()),
        Of<Huber>("Huber", s => new(s.Number("delta", l => l.Delta))),
        Of<KullbackLeiblerDivergence>("KullbackLeiblerDivergence", s => new()),
        Of<LogCosh>("LogCosh", s => new()),
        Of<LossPerOutput>("LossPerOutput", PerOutput),
        Of<LossPerStep>(
            "LossPerStep",
            s => new(s.Loss("loss", l => l.Loss), checked((int)s.Integer("steps", l => l.Steps)))),
        Of<MaskedLoss>("MaskedLoss", s => new(s.Loss("loss", l => l.Loss), s.Number("mask", l => l.Mask))),
        Of<MeanAbsoluteError>("MeanAbsoluteError", s => new()),
        Of<MeanAbsolutePercentageLoss>(
            "MeanAbsolutePercentageLoss", s => new(s.Number("epsilon", l => l.Epsilon))),
        Of<MeanSquaredError>("MeanSquaredError", s => new()),
        Of<MeanSquaredLogarithmicError>("MeanSquaredLogarithmicError", s => new()),
        Of<NegativeLogLikelihood>(
            "NegativeLogLikelihood", s => new(s.OptionalNumbers("classWeights", l => l.ClassWeights))),
        Of<Poisson>(
            "Poisson", s => new(s.Flag("logInput", l => l.LogInput), s.Number("epsilon", l => l.Epsilon))),
        Of<QuantileLoss>("QuantileLoss", s => new(s.Numbers("quantiles", l => l.Quantiles))),
        Of<SigmoidCrossEntropy>("SigmoidCrossEntropy", Sigmoid),
        Of<SigmoidFocalLoss>(
            "SigmoidFocalLoss",
            s => new(s.Number("gamma", l => l.Gamma), s.OptionalNumber("alpha", l => l.Alpha))),
        Of<SoftmaxCrossEntropy>(
            "SoftmaxCrossEntropy",
            s => new(
                s.Number("labelSmoothing", l => l.LabelSmoothing),
                s.OptionalNumbers("classWeights", l => l.ClassWeights))),
        Of<SoftmaxFocalLoss>(
            "SoftmaxFocalLoss",
            s => new(
                s.Number("gamma", l => l.Gamma), s.OptionalNumbers("classWeights", l => l.ClassWeights))),
        Of<SquaredHinge>("SquaredHinge", s => new()),
        Of<TripletLoss>("TripletLoss", s => new(s.Number("margin", l => l.Margin))),
    ];

    private static SigmoidCrossEntropy Sigmoid(Settings<SigmoidCrossEntropy> s)
    {
        double weight = s.Number("positiveWeight", l => l.PositiveWeight);
        IReadOnlyList<double>? weights = s.OptionalNumbers("positiveWeights", l => l.PositiveWeights);
        double smoothing =
            s.OptionalNumber("labelSmoothing", l => l.LabelSmoothing is 0 ? null : l.LabelSmoothing) ?? 0;
        return weights is null ? new(weight, smoothing) : new(weights, smoothing);
    }

    private static LossPerOutput PerOutput(Settings<LossPerOutput> s)
    {
        IReadOnlyList<string> names = s.Texts("outputs", l => [.. l.Outputs.Select(output => output.Name)]);
        IReadOnlyList<long> sizes = s.Integers("sizes", l => [.. l.Outputs.Select(output => (long)output.Size)]);
        IReadOnlyList<ILoss> losses = s.Losses("losses", l => [.. l.Losses.Select(one => one.Loss)]);
        IReadOnlyList<double> weights = s.Numbers("weights", l => [.. l.Losses.Select(one => one.Weight)]);
        if (sizes.Count != names.Count || losses.Count != names.Count || weights.Count != names.Count)
        {
            throw new ArgumentException(
                $"There are {names.Count} outputs, but {sizes.Count} sizes, {losses.Count} losses and {weights.Count} "
                + "weights.");
        }

        return new(
            new FeatureLayout([.. names.Zip(sizes, (name, size) => (name, (FeatureShape)checked((int)size)))]),
            [.. names.Select((name, k) => new OutputLoss(name, losses[k], weights[k]))]);
    }

    private static StrategyKind Of<TLoss>(string name, Func<Settings<TLoss>, TLoss> describe)
        where TLoss : class, ILoss => StrategyKind.Of(KindRole.Loss, name, describe);
}
