using NeuralNet.Losses;

namespace NeuralNet.Tests.Losses;

/// <summary>Every loss of the library, with every option that changes its formula.</summary>
internal static class LossCatalogue
{
    public static TheoryData<string> Names { get; } = new(All(1).Select(entry => entry.Name));

    public static LossCase Get(string name, int outputs) => All(outputs).Single(entry => entry.Name == name);

    /// <summary>All but the loss that is made of one for each output.</summary>
    public static IEnumerable<LossCase> OfOneOutput(int outputs) =>
        All(outputs).Where(entry => entry.Loss is not LossPerOutput);

    public static IReadOnlyList<LossCase> All(int outputs)
    {
        double[] weights = [.. Enumerable.Range(0, outputs).Select(i => 0.5 + (i % 7))];
        return
        [
            New("MeanSquaredError", new MeanSquaredError(), Errors(0, 2)),
            New("MeanAbsoluteError", new MeanAbsoluteError(), Errors(0.01, 2)),
            New("Huber", new Huber(), Errors(0, 0.99, 1.01, 3)),
            New("Huber, delta 0.25", new Huber(0.25), Errors(0, 0.24, 0.26, 1)),
            New("LogCosh", new LogCosh(), Errors(0, 3)),
            New("BinaryCrossEntropy", new BinaryCrossEntropy(), Each(r => (Between(r, 0.05, 0.95), r.NextDouble()))),
            New("SigmoidCrossEntropy", new SigmoidCrossEntropy(), Each(r => (Between(r, -4, 4), r.NextDouble()))),
            New("SigmoidCrossEntropy, weight 3", new SigmoidCrossEntropy(3), Each(r => (Between(r, -4, 4), r.Next(2)))),
            New("SoftmaxCrossEntropy", new SoftmaxCrossEntropy(), Logits),
            New("SoftmaxCrossEntropy, smoothed", new SoftmaxCrossEntropy(0.1), Logits),
            New("SoftmaxCrossEntropy, weighted", new SoftmaxCrossEntropy(classWeights: weights), Logits),
            New("SoftmaxCrossEntropy, smoothed and weighted", new SoftmaxCrossEntropy(0.1, weights), Logits),
            New("NegativeLogLikelihood", new NegativeLogLikelihood(), Logarithms),
            New("NegativeLogLikelihood, weighted", new NegativeLogLikelihood(weights), Logarithms),
            New("KullbackLeiblerDivergence", new KullbackLeiblerDivergence(), Logarithms),
            New("Hinge", new Hinge(), Margins),
            New("SquaredHinge", new SquaredHinge(), Margins),
            New("Poisson, logarithms", new Poisson(), Each(r => (Between(r, -2, 2), r.Next(5))), isNonNegative: false),
            New(
                "Poisson, rates",
                new Poisson(logInput: false),
                Each(r => (Between(r, 0.1, 5), r.Next(5))),
                isNonNegative: false),
            New("QuantileLoss", new QuantileLoss(0.1), Errors(0.01, 2)),
            New(
                "QuantileLoss, a level per output",
                new QuantileLoss([.. Enumerable.Range(1, outputs).Select(i => i / (outputs + 1.0))]),
                Errors(0.01, 2)),
            New("LossPerOutput", PerOutput(outputs), Errors(0, 0.99, 1.01, 3)),
            New("CosineSimilarity", new CosineSimilarity(), Each(r => (Between(r, 0.1, 2), Between(r, -1, 2)))),
        ];

        LossCase New(string name, ILoss loss, LossCase.Sample draw, bool isNonNegative = true) =>
            new(name, loss, outputs, isNonNegative, draw);
    }

    private static LossPerOutput PerOutput(int outputs) => outputs == 1
        ? new(new(("a", 1)), new OutputLoss("a", new Huber(), weight: 3))
        : new(
            new(("a", 1), ("b", outputs - 1)),
            new OutputLoss("b", new MeanSquaredError(), weight: 0.25),
            new OutputLoss("a", new Huber()));

    private static double Between(Random random, double from, double to) => from + ((to - from) * random.NextDouble());

    private static LossCase.Sample Each(Func<Random, (double Output, double Target)> draw) =>
        (random, outputs, targets) =>
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            (outputs[i], targets[i]) = draw(random);
        }
    };

    /// <summary>Errors whose size is in one of the two intervals.</summary>
    private static LossCase.Sample Errors(double from, double to, double? from2 = null, double? to2 = null) =>
        Each(random =>
    {
        double size = random.Next(2) == 0 ? Between(random, from, to) : Between(random, from2 ?? from, to2 ?? to);
        double target = Between(random, -1, 1);
        return (target + (random.Next(2) == 0 ? size : -size), target);
    });

    /// <summary>Targets ±1, and outputs short of the margin or beyond it, not on it.</summary>
    private static void Margins(Random random, Span<double> outputs, Span<double> targets) =>
        Each(r =>
        {
            double target = r.Next(2) == 0 ? 1 : -1;
            return (target * (r.Next(2) == 0 ? Between(r, -2, 0.99) : Between(r, 1.01, 3)), target);
        })(random, outputs, targets);

    /// <summary>Logits and a distribution with some zeros in it, if there is more than one output.</summary>
    private static void Logits(Random random, Span<double> outputs, Span<double> targets)
    {
        Each(r => (Between(r, -3, 3), Math.Max(0, Between(r, -0.5, 1))))(random, outputs, targets);
        targets[random.Next(targets.Length)] += 0.5;
        double sum = 0;
        foreach (double target in targets)
        {
            sum += target;
        }

        foreach (ref double target in targets)
        {
            target /= sum;
        }
    }

    private static void Logarithms(Random random, Span<double> outputs, Span<double> targets)
    {
        Logits(random, outputs, targets);
        double sum = 0;
        foreach (double output in outputs)
        {
            sum += Math.Exp(output);
        }

        foreach (ref double output in outputs)
        {
            output -= Math.Log(sum);
        }
    }
}
