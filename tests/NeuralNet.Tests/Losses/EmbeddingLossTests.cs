using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Randomness;
using NeuralNet.Recurrence;
using NeuralNet.Training;

namespace NeuralNet.Tests.Losses;

/// <summary>Losses that compare embeddings, which one network makes of two or three inputs.</summary>
public sealed class EmbeddingLossTests
{
    private const int Features = 6;
    private const int Size = 2;

    [Fact]
    public void Items_of_one_kind_come_to_lie_together_with_triplets()
    {
        int[] kinds =
        [
            .. Enumerable.Range(0, 300).SelectMany(j => (int[])[j % 3, j % 3, (j + 1 + (j / 3 % 2)) % 3]),
        ];
        Matrix<float> triplets = Items(kinds, 3);
        Network<float> network = Tower(3);
        var data = new DataSet<float>(triplets, Matrix<float>.Build.Dense(3 * Size, triplets.ColumnCount));
        var trainer = new Trainer<float>(network, new TripletLoss(), new Adam(0.01), threads: 1);
        double before = trainer.Evaluate(data).Loss;
        TrainingHistory history = trainer.Fit(data, new() { Epochs = 30, BatchSize = 30 });
        history.Warnings.Should().BeEmpty("targets that are all 0 are right");
        trainer.Evaluate(data).Loss.Should().BeLessThan(0.1 * before);
        AssertLiesTogether(network);
    }

    [Fact]
    public void Items_of_one_kind_come_to_lie_together_with_pairs()
    {
        int[] kinds = [.. Enumerable.Range(0, 300).SelectMany(j => (int[])[j % 3, (j + (j / 3 % 3)) % 3])];
        Matrix<float> pairs = Items(kinds, 2);
        Network<float> network = Tower(2);
        Matrix<float> targets = Matrix<float>.Build.Dense(
            2 * Size, 300, (_, j) => kinds[2 * j] == kinds[(2 * j) + 1] ? 1 : 0);
        new Trainer<float>(network, new ContrastiveLoss(margin: 2), new Adam(0.01), threads: 1)
            .Fit(new DataSet<float>(pairs, targets), new() { Epochs = 40, BatchSize = 30 }).Warnings.Should().BeEmpty();
        AssertLiesTogether(network);
    }

    [Fact]
    public void Outputs_and_targets_that_make_no_sense_are_refused()
    {
        Refused(new TripletLoss(), 4, new double[4]).WithMessage("*three embeddings*a multiple of 3, but there are 4*");
        Refused(new ContrastiveLoss(), 3, new double[3]).WithMessage("*two embeddings*multiple of 2, but there are 3*");
        Refused(new ContrastiveLoss(), 4, [1, 1, 0, 1])
            .WithMessage("*'contrastive loss' each row says 1*but those of sample 0 are 1 and 0.*");
        Refused(new GaussianNegativeLogLikelihood(), 3, new double[3])
            .WithMessage("*a multiple of 2, but there are 3*");
        Refused(new GaussianNegativeLogLikelihood(), 4, [1, 1, 0.5, 2])
            .WithMessage("*each number stands twice, but those of sample 0 are 0.5 and 2.*");
        Refused(new SigmoidCrossEntropy([1, 2]), 3, new double[3])
            .WithMessage("*has 2 positive weights, so a sample must have 2 outputs, but it has 3.*");
    }

    [Fact]
    public void A_negative_variance_is_NaN_and_a_small_one_can_grow_again()
    {
        var loss = new GaussianNegativeLogLikelihood(logVariance: false);
        LossResult<double>.Of(loss, 2, [0, -1, 0, 0], [1, 1, 1, 1]).Losses
            .Should().Equal(double.NaN, 0.5 * (Math.Log(1e-6) + (1 / 1e-6)));
        LossResult<double>.Of(loss, 2, [0, 0], [1, 1]).Gradient[1].Should().BeLessThan(0, "a step makes it larger");
        LossResult<double>.Of(new GaussianNegativeLogLikelihood(), 2, [0, -30], [1, 1]).Gradient[1]
            .Should().BeLessThan(-0.01, "a step makes it larger");
        LossResult<float>.Of(new GaussianNegativeLogLikelihood(), 2, [0, -1e4f, 0, 1e4f], [1, 1, 1, 1]).Losses
            .Should().OnlyContain(x => float.IsFinite(x));
    }

    [Fact]
    public void Focal_losses_of_extreme_logits_are_exact()
    {
        LossResult<float>.Of(new SigmoidFocalLoss(2, null), 1, [1e4f, -1e4f, 1e4f, -1e4f], [1, 1, 0, 0]).Losses
            .Should().Equal(0, 1e4f, 1e4f, 0);
        LossResult<float> result = LossResult<float>.Of(
            new SoftmaxFocalLoss(0.5), 2, [1e4f, -1e4f, 1e4f, -1e4f], [1, 0, 0, 1]);
        result.Losses.Should().Equal(0, 2e4f);
        result.Gradient.Should().Equal(0, 0, 1, -1);
    }

    private static FluentAssertions.Specialized.ExceptionAssertions<ArgumentException> Refused(
        ILoss loss, int rows, double[] targets) =>
        FluentActions.Invoking(() => LossResult<double>.Of(loss, rows, new double[rows], targets))
            .Should().Throw<ArgumentException>();

    private static Network<float> Tower(int parts) => Network.Create<float>(new FeatureShape(parts, Features), seed: 1)
        .PerStep(item => item.Dense(8, new Tanh()).Dense(Size)).Build();

    // Items of a kind are one-hot in two places, among noise.
    private static Matrix<float> Items(int[] kinds, int parts)
    {
        Random random = RandomStream.FromSeed(5).CreateGenerator();
        float[] values = new float[kinds.Length * Features];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(0.3 * random.NextDouble()) + (i % Features % 3 == kinds[i / Features] ? 1 : 0);
        }

        return Matrix<float>.Build.Dense(parts * Features, kinds.Length / parts, values);
    }

    // What was learned, for one item by itself.
    private static void AssertLiesTogether(Network<float> network)
    {
        Network<float> single = Network.Create<float>(Features, seed: 9).Dense(8, new Tanh()).Dense(Size).Build();
        single.Body.CopyParametersFrom(((PerStep<float>)network.Layers[0]).Body);
        int[] kinds = [.. Enumerable.Range(0, 30).Select(i => i % 3)];
        Vector<float>[] places = [.. single.Predict(Items(kinds, 1)).EnumerateColumns()];
        for (int i = 0; i < 30; i++)
        {
            double within = Enumerable.Range(0, 30).Where(k => kinds[k] == kinds[i]).Max(k => Distance(i, k));
            double between = Enumerable.Range(0, 30).Where(k => kinds[k] != kinds[i]).Min(k => Distance(i, k));
            within.Should().BeLessThan(between);
        }

        double Distance(int i, int k) => (places[i] - places[k]).L2Norm();
    }
}
