using System.Text.Json;
using NeuralNet.Losses;
using NeuralNet.Tests.Parity;

namespace NeuralNet.Tests.Losses;

/// <summary>
/// Every loss and option at ordinary and extreme inputs, compared with PyTorch and with the formula in 60 digits;
/// losses.py wrote both.
/// </summary>
public sealed class LossParityTests
{
    private const double Ulp = 1.0 / (1L << 52);

    private static readonly Case[] _cases = ReferenceFile.Read<Case[]>("losses");

    public static TheoryData<int> WithPyTorch { get; } = new(Indices(c => c.Torch is not null));

    public static TheoryData<int> AllCases { get; } = new(Indices(_ => true));

    [Theory]
    [MemberData(nameof(WithPyTorch))]
    public void Losses_and_gradients_are_those_of_PyTorch(int index) =>
        AssertClose(_cases[index], _cases[index].Torch!, OfPyTorch);

    [Theory]
    [MemberData(nameof(AllCases))]
    public void Losses_and_gradients_are_exact(int index) =>
        AssertClose(_cases[index], _cases[index].Exact, (_, _, _) => new Tolerance(1e-14));

    [Fact]
    public void Every_loss_has_reference_values() =>
        _cases.Select(c => c.Loss).Distinct().Should().BeEquivalentTo(
            LossCatalogue.OfOneOutput(1).Select(entry => entry.Loss.GetType().Name).Distinct());

    private static void AssertClose(Case c, Values expected, Func<Case, double[], double[], Tolerance> tolerance)
    {
        LossResult<double> actual = LossResult<double>.Of(Make(c), c.Rows, c.Outputs, c.Targets);
        actual.Losses.Should().HaveSameCount(expected.Losses);
        for (int j = 0; j < actual.Losses.Length; j++)
        {
            int first = j * c.Rows;
            double[] o = c.Outputs[first..(first + c.Rows)];
            double[] t = c.Targets[first..(first + c.Rows)];
            Tolerance allowed = tolerance(c, o, t);
            Tolerance rounding = Cancellation(c, o, t);
            string where = $"{c} at o = ({string.Join(", ", o)}), t = ({string.Join(", ", t)})";
            AssertClose(
                actual.Losses[j], expected.Losses[j], allowed.Relative, allowed.Loss + rounding.Loss, $"L of {where}");
            for (int i = 0; i < c.Rows; i++)
            {
                AssertClose(
                    actual.Gradient[first + i], expected.Gradient[first + i],
                    allowed.Relative, allowed.Gradient + rounding.Gradient, $"∂L/∂o[{i}] of {where}");
            }
        }
    }

    private static void AssertClose(double actual, double expected, double relative, double absolute, string what)
    {
        if (!actual.Equals(expected))
        {
            double.IsFinite(expected).Should().BeTrue($"{what} is {expected:R}, not {actual:R}");
            Math.Abs(actual - expected).Should().BeLessThanOrEqualTo(
                (relative * Math.Abs(expected)) + absolute, $"{what} is {expected:R}, not {actual:R}");
        }
    }

    /// <summary>10⁻¹², or, where PyTorch itself is less exact, its error.</summary>
    private static Tolerance OfPyTorch(Case c, double[] o, double[] t) => c.Loss switch
    {
        // Its constant 10⁻¹² is a float, 4·10⁻⁹ off, which shows where the constant decides.
        nameof(BinaryCrossEntropy) when o.Any(x => x * (1 - x) < 1e-12) => new(1e-8, Loss: Ulp),
        nameof(CosineSimilarity) when Math.Min(Length(o), Length(t)) < 1e-5 => new(1e-8),

        // It computes log(1 − o), which keeps as many digits as 1 − o does.
        nameof(BinaryCrossEntropy) => new(1e-12, Loss: Ulp),

        // It computes log(1 + e⁻ᶻ), and σ(z) − t; torchvision 1 − p, and log(1 + o) − log(1 + t).
        nameof(SigmoidCrossEntropy) or nameof(SigmoidFocalLoss) or nameof(SoftmaxFocalLoss) or nameof(MaskedLoss) =>
            new(1e-12, Loss: 6 * Ulp, Gradient: 6 * Ulp),
        nameof(MeanSquaredLogarithmicError) => new(1e-12, Loss: 16 * Ulp, Gradient: 16 * Ulp),
        nameof(DiceLoss) => new(1e-12, Loss: 4 * Ulp, Gradient: 4 * Ulp),
        _ => new(1e-12),
    };

    /// <summary>
    /// The rounding error of a difference whose two terms are larger than itself: a few units in the last place of the
    /// terms. Losses without a line here are exact to a relative error, however small they are.
    /// </summary>
    private static Tolerance Cancellation(Case c, double[] o, double[] t) => c.Loss switch
    {
        // (1 − t) σ(z) − p t σ(−z) is 0 at the minimum; for t = 0 and 1, one of the terms is exactly 0.
        nameof(SigmoidCrossEntropy) or nameof(SigmoidFocalLoss) or nameof(MaskedLoss) =>
            new(Gradient: t.All(x => x is 0 or 1) && !c.Options.ContainsKey("positiveWeights") ? 0 : 2 * Ulp),

        // eᵒ − t o and eᵒ − t; o − t log o and 1 − t/o.
        nameof(Poisson) => new(Loss: Ulp * o.Max(Math.Abs) * (1 + t.Max()), Gradient: 2 * Ulp * (1 + t.Max())),

        // log Σ eᶻʲ − zᵢ where the largest zᵢ is the right one; softmax − t.
        nameof(SoftmaxCrossEntropy) or nameof(SoftmaxFocalLoss) or nameof(LossPerStep) =>
            new(Loss: 4 * Ulp, Gradient: 4 * Ulp),

        // The probability less the target.
        nameof(BinaryCrossEntropy) when c.Number("labelSmoothing") > 0 => new(Gradient: 8 * Ulp),

        // 1 − L − 2t, divided by the sum.
        nameof(DiceLoss) => new(Gradient: 4 * Ulp),

        // log v + r²/v, and 1 − r²/v.
        nameof(GaussianNegativeLogLikelihood) => new(Loss: 16 * Ulp, Gradient: 4 * Ulp / Variance(c, o)),

        // Differences of distances and of directions.
        nameof(TripletLoss) or nameof(ContrastiveLoss) =>
            new(Loss: 4 * Ulp * (1 + Length(o)), Gradient: 8 * Ulp * (1 + Length(o))),

        // log t − o where the two are equal.
        nameof(KullbackLeiblerDivergence) => new(Loss: 4 * Ulp),

        // 1 − c, and the part of t that is not along o.
        nameof(CosineSimilarity) => new(Loss: 4 * Ulp, Gradient: 4 * Ulp / Length(o)),
        _ => default,
    };

    private static double Variance(Case c, double[] o) => c.Options["logVariance"].GetBoolean()
        ? Math.Exp(Math.Min(o[1], o[3])) + c.Number("epsilon") : Math.Min(o[1], o[3]) + c.Number("epsilon");

    private static double Length(double[] v) => Math.Sqrt(v.Sum(x => x * x) + 1e-12);

    private static ILoss Make(Case c) => c.Loss switch
    {
        nameof(MeanSquaredError) => new MeanSquaredError(),
        nameof(MeanAbsoluteError) => new MeanAbsoluteError(),
        nameof(Huber) => new Huber(c.Number("delta")),
        nameof(LogCosh) => new LogCosh(),
        nameof(BinaryCrossEntropy) => new BinaryCrossEntropy(c.Number("labelSmoothing")),
        nameof(SigmoidCrossEntropy) when c.Options.ContainsKey("positiveWeights") =>
            new SigmoidCrossEntropy(c.Numbers("positiveWeights")!, c.Number("labelSmoothing")),
        nameof(SigmoidCrossEntropy) =>
            new SigmoidCrossEntropy(c.Number("positiveWeight"), c.Number("labelSmoothing")),
        nameof(SigmoidFocalLoss) =>
            new SigmoidFocalLoss(c.Number("gamma"), c.Options["alpha"].Deserialize<double?>()),
        nameof(SoftmaxFocalLoss) => new SoftmaxFocalLoss(c.Number("gamma"), c.Numbers("classWeights")),
        nameof(CategoricalCrossEntropy) =>
            new CategoricalCrossEntropy(c.Number("labelSmoothing"), c.Numbers("classWeights")),
        nameof(DiceLoss) => new DiceLoss(c.Number("smoothing")),
        nameof(MeanSquaredLogarithmicError) => new MeanSquaredLogarithmicError(),
        nameof(MeanAbsolutePercentageLoss) => new MeanAbsolutePercentageLoss(c.Number("epsilon")),
        nameof(GaussianNegativeLogLikelihood) =>
            new GaussianNegativeLogLikelihood(c.Options["logVariance"].GetBoolean(), c.Number("epsilon")),
        nameof(TripletLoss) => new TripletLoss(c.Number("margin")),
        nameof(ContrastiveLoss) => new ContrastiveLoss(c.Number("margin")),
        nameof(LossPerStep) when c.Options.ContainsKey("mask") =>
            new SoftmaxCrossEntropy().Masked(c.Number("mask")).PerStep((int)c.Number("steps")),
        nameof(LossPerStep) => new SoftmaxCrossEntropy().PerStep((int)c.Number("steps")),
        nameof(MaskedLoss) => new SigmoidCrossEntropy().Masked(c.Number("mask")),
        nameof(SoftmaxCrossEntropy) => new SoftmaxCrossEntropy(c.Number("labelSmoothing"), c.Numbers("classWeights")),
        nameof(NegativeLogLikelihood) => new NegativeLogLikelihood(c.Numbers("classWeights")),
        nameof(KullbackLeiblerDivergence) => new KullbackLeiblerDivergence(),
        nameof(Hinge) => new Hinge(),
        nameof(SquaredHinge) => new SquaredHinge(),
        nameof(Poisson) when c.Options["logInput"].GetBoolean() => new Poisson(),
        nameof(Poisson) => new Poisson(logInput: false, c.Number("epsilon")),
        nameof(CosineSimilarity) => new CosineSimilarity(),
        nameof(QuantileLoss) => new QuantileLoss(c.Numbers("quantiles")!),
        _ => throw new ArgumentException($"The loss '{c.Loss}' of losses.json is not known."),
    };

    private static IEnumerable<int> Indices(Func<Case, bool> wanted) =>
        Enumerable.Range(0, _cases.Length).Where(i => wanted(_cases[i]));

    private readonly record struct Tolerance(double Relative = 0, double Loss = 0, double Gradient = 0);

    private sealed record Values(double[] Losses, double[] Gradient);

    private sealed record Case(
        string Loss,
        Dictionary<string, JsonElement> Options,
        int Rows,
        double[] Outputs,
        double[] Targets,
        Values? Torch,
        Values Exact)
    {
        public double Number(string option) => Options[option].GetDouble();

        public double[]? Numbers(string option) => Options[option].Deserialize<double[]?>();

        public override string ToString() =>
            $"{Loss}({string.Join(", ", Options.Select(option => $"{option.Key}: {option.Value}"))})";
    }
}
