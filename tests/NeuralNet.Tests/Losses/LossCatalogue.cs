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
            New("BinaryCrossEntropy", new BinaryCrossEntropy(), Probabilities),
            New("BinaryCrossEntropy, smoothed", new BinaryCrossEntropy(0.2), Probabilities),
            New("SigmoidCrossEntropy", new SigmoidCrossEntropy(), Each(r => (Between(r, -4, 4), r.NextDouble()))),
            New("SigmoidCrossEntropy, weight 3", new SigmoidCrossEntropy(3), Each(r => (Between(r, -4, 4), r.Next(2)))),
            New("SigmoidCrossEntropy, smoothed", new SigmoidCrossEntropy(2, 0.2), YesNo),
            New("SigmoidCrossEntropy, a weight per output", new SigmoidCrossEntropy(weights, 0.1), YesNo),
            New("SigmoidCrossEntropy, masked", new SigmoidCrossEntropy(weights).Masked(-1), Masked),
            New("SigmoidFocalLoss", new SigmoidFocalLoss(), YesNo),
            New("SigmoidFocalLoss, gamma 0.5", new SigmoidFocalLoss(0.5, alpha: null), Shares),
            New("SigmoidFocalLoss, gamma 0", new SigmoidFocalLoss(0, 0.75), Shares),
            New("SoftmaxFocalLoss", new SoftmaxFocalLoss(), Logits),
            New("SoftmaxFocalLoss, weighted", new SoftmaxFocalLoss(0.5, weights), Logits),
            New("CategoricalCrossEntropy", new CategoricalCrossEntropy(), Distributions),
            New("CategoricalCrossEntropy, smoothed", new CategoricalCrossEntropy(0.1, weights), Distributions),
            New("DiceLoss", new DiceLoss(), Probabilities),
            New("DiceLoss, smoothing 1", new DiceLoss(1), Probabilities),
            New("MeanSquaredLogarithmicError", new MeanSquaredLogarithmicError(), Sizes),
            New("MeanAbsolutePercentageLoss", new MeanAbsolutePercentageLoss(), Sizes),
            Parts(
                2,
                "GaussianNegativeLogLikelihood",
                new GaussianNegativeLogLikelihood(epsilon: 0.1),
                Normal,
                isNonNegative: false),
            Parts(
                2,
                "GaussianNegativeLogLikelihood, variances",
                new GaussianNegativeLogLikelihood(logVariance: false, epsilon: 0.1),
                Variances,
                isNonNegative: false),
            Parts(3, "TripletLoss", new TripletLoss(0.7), Triplet),
            Parts(2, "ContrastiveLoss", new ContrastiveLoss(2), Pair),
            Parts(3, "LossPerStep", new SoftmaxCrossEntropy(0.1).PerStep(3), Steps(Logits)),
            Parts(3, "LossPerStep, masked", new SoftmaxFocalLoss().Masked(-1).PerStep(3), Steps(MaskedLogits)),
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

        LossCase Parts(int parts, string name, ILoss loss, LossCase.Sample draw, bool isNonNegative = true) =>
            new(name, loss, (outputs + parts - 1) / parts * parts, isNonNegative, draw);

        LossCase New(string name, ILoss loss, LossCase.Sample draw, bool isNonNegative = true) =>
            new(name, loss, outputs, isNonNegative, draw);
    }

    private static LossPerOutput PerOutput(int outputs) => outputs == 1
        ? new(new(("a", 1)), new OutputLoss("a", new Huber(), weight: 3))
        : new(
            new(("a", 1), ("b", outputs - 1)),
            new OutputLoss("b", new MeanSquaredError(), weight: 0.25),
            new OutputLoss("a", new Huber()));

    private static LossCase.Sample Probabilities { get; } = Each(r => (Between(r, 0.05, 0.95), r.NextDouble()));

    private static LossCase.Sample YesNo { get; } = Each(r => (Between(r, -4, 4), r.Next(2)));

    private static LossCase.Sample Shares { get; } = Each(r => (Between(r, -4, 4), r.NextDouble()));

    /// <summary>Answers of 0 and 1, and −1 for unknown.</summary>
    private static LossCase.Sample Masked { get; } = Each(r => (Between(r, -4, 4), r.Next(3) - 1));

    /// <summary>Positive numbers, of which an output is never too near to its target.</summary>
    private static LossCase.Sample Sizes { get; } = Each(r =>
    {
        double target = Between(r, 0.5, 5);
        return (target * (r.Next(2) == 0 ? Between(r, 0.2, 0.95) : Between(r, 1.05, 3)), target);
    });

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

    /// <summary>Probabilities of classes, not too near 0, and a distribution.</summary>
    private static void Distributions(Random random, Span<double> outputs, Span<double> targets)
    {
        Logits(random, outputs, targets);
        foreach (ref double output in outputs)
        {
            output = Between(random, 0.1, 0.95);
        }
    }

    /// <summary>Logits and a distribution, or −1 in its place.</summary>
    private static void MaskedLogits(Random random, Span<double> outputs, Span<double> targets)
    {
        Logits(random, outputs, targets);
        if (random.Next(3) == 0)
        {
            targets.Fill(-1);
        }
    }

    private static LossCase.Sample Steps(LossCase.Sample ofStep) => (random, outputs, targets) =>
    {
        int size = outputs.Length / 3;
        for (int start = 0; start < outputs.Length; start += size)
        {
            ofStep(random, outputs.Slice(start, size), targets.Slice(start, size));
        }
    };

    /// <summary>Means and logarithms of variances, and each target twice.</summary>
    private static void Normal(Random random, Span<double> outputs, Span<double> targets)
    {
        for (int i = 0; i < outputs.Length; i += 2)
        {
            outputs[i] = Between(random, -2, 2);
            outputs[i + 1] = Between(random, -3, 3);
            targets[i] = targets[i + 1] = Between(random, -2, 2);
        }
    }

    private static void Variances(Random random, Span<double> outputs, Span<double> targets)
    {
        Normal(random, outputs, targets);
        for (int i = 1; i < outputs.Length; i += 2)
        {
            outputs[i] = Between(random, 0.3, 4);
        }
    }

    /// <summary>Three embeddings, away from the margin of 0.7.</summary>
    private static void Triplet(Random random, Span<double> outputs, Span<double> targets)
    {
        int size = outputs.Length / 3;
        targets.Clear();
        do
        {
            Each(r => (Between(r, -1, 1), 0))(random, outputs, targets);
        }
        while (Math.Abs(
            Distance(outputs[..size], outputs.Slice(size, size)) - Distance(outputs[..size], outputs[(2 * size)..])
            + 0.7) < 0.01);
    }

    /// <summary>Two embeddings, away from each other and from the margin of 2; they belong together or not.</summary>
    private static void Pair(Random random, Span<double> outputs, Span<double> targets)
    {
        int size = outputs.Length / 2;
        double distance;
        do
        {
            Each(r => (Between(r, -2, 2), 0))(random, outputs, targets);
            distance = Distance(outputs[..size], outputs[size..]);
        }
        while (Math.Abs(distance - 2) < 0.01 || distance < 0.1);

        targets.Fill(random.Next(2));
    }

    private static double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> y) =>
        System.Numerics.Tensors.TensorPrimitives.Distance(x, y);
}
