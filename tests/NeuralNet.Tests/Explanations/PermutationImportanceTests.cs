using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Explanations;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tests.Explanations;

/// <summary>A feature is important if predictions become worse when its values are shuffled.</summary>
public sealed class PermutationImportanceTests
{
    private const int Samples = 400;

    // Targets are 3·x₀ + x₁, which the network knows; shuffled, a feature of variance v and weight w adds 2·w²·v to the
    // squared error.
    [Fact]
    public void Of_a_known_function_it_is_twice_the_variance_that_the_feature_explains()
    {
        (Pipeline<double> pipeline, DataSet<double> data) = Linear();

        FeatureImportances importances = pipeline.PermutationImportance(
            data, Score.Lowest(new MeanSquaredErrorMetric()), new() { Repeats = 50 });

        importances.Value.Should().BeApproximately(0, 1e-20);
        importances.Select(one => one.Name).Should().Equal("feature 0", "feature 1", "feature 2");
        double[] variances = [.. Enumerable.Range(0, 3).Select(i => Variance(data.Inputs.ToMatrix().Row(i)))];
        double[] weights = [3, 1, 0];
        for (int i = 0; i < 2; i++)
        {
            double expected = 2 * weights[i] * weights[i] * variances[i] * Samples / (Samples - 1);
            importances[i].Interval.Lower.Should().BeLessThan(expected);
            importances[i].Interval.Upper.Should().BeGreaterThan(expected);
            importances[i].StandardError.Should().BeLessThan(0.02 * expected);
        }

        importances["feature 2"].Drops.Should().OnlyContain(value => value == 0);
    }

    [Fact]
    public void The_interval_is_that_of_Students_distribution()
    {
        FeatureImportance importance = new("x", [1, 2, 4, 9]);

        importance.Mean.Should().Be(4);
        importance.StandardError.Should().BeApproximately(Math.Sqrt(38.0 / 3 / 4), 1e-14);
        importance.Interval.Upper.Should().BeApproximately(4 + (3.182446305284263 * importance.StandardError), 1e-8);
        (4 - importance.Interval.Lower).Should().BeApproximately(importance.Interval.Upper - 4, 1e-12);
    }

    [Fact]
    public void Threads_change_no_bit_and_the_seed_does()
    {
        (Pipeline<double> pipeline, DataSet<double> data) = Linear();
        Score score = Score.Loss(new MeanSquaredError());

        double[] Drops(int seed, int threads) =>
        [
            .. pipeline.PermutationImportance(data, score, new() { Repeats = 3, Seed = seed, Threads = threads })
                .SelectMany(one => one.Drops),
        ];

        Drops(seed: 1, threads: 4).Should().Equal(Drops(seed: 1, threads: 1));
        Drops(seed: 2, threads: 1).Should().NotEqual(Drops(seed: 1, threads: 1));
    }

    [Fact]
    public void Where_higher_is_better_the_drop_has_the_other_sign()
    {
        (Pipeline<double> pipeline, DataSet<double> data) = Linear();

        FeatureImportances up = pipeline.PermutationImportance(data, Score.Highest(new R2Score()));
        FeatureImportances down = pipeline.PermutationImportance(data, Score.Lowest(new R2Score()));

        up["feature 0"].Mean.Should().BeGreaterThan(1);
        down["feature 0"].Mean.Should().Be(-up["feature 0"].Mean);
        down[^1].Name.Should().Be("feature 0");
    }

    // With all features shuffled alike, each sample is another whole sample; apart, they are mixed.
    [Fact]
    public void Groups_are_shuffled_together()
    {
        (Pipeline<double> pipeline, DataSet<double> data) = Linear();
        var options = new PermutationOptions { Groups = [new("both", 0, 1), new("first", 0)] };

        FeatureImportances importances = pipeline.PermutationImportance(
            data, Score.Loss(new MeanSquaredError()), options);

        double total = 2 * Variance(data.Targets.ToMatrix().Row(0));
        importances["both"].Mean.Should().BeApproximately(total, 0.05 * total);
        importances["both"].Mean.Should().BeGreaterThan(importances["first"].Mean);
    }

    [Fact]
    public void Missing_values_are_shuffled_as_they_are()
    {
        Network<double> network = Network.Create<double>(2, seed: 1).Dense(1).Build();
        network.Parameter("dense1.weights").Set(Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 0 } }));
        Pipeline<double> pipeline = Pipeline.Create(network, new Imputation([7, 0]));
        Matrix<double> inputs = Matrix<double>.Build.Dense(
            2, 60, (i, j) => j % 3 == 0 ? double.NaN : j % 3 == 1 ? 7 : 1);
        Matrix<double> targets = pipeline.Predict(inputs);

        FeatureImportances importances = pipeline.PermutationImportance(
            inputs, targets, Score.Lowest(new MeanSquaredErrorMetric()));

        // NaN is 7, so two thirds are 7 and one third is 1: the variance is 2/9·36 = 8.
        importances["feature 0"].Mean.Should().BeApproximately(16, 3);
        importances["feature 1"].Mean.Should().Be(0);
    }

    [Fact]
    public void Of_several_outputs_it_is_that_of_the_one_that_is_judged()
    {
        Network<double> network = Network.Create<double>(2, seed: 1)
            .Branches(Merge.Concatenation, a => a.Slice(0, 1), b => b.Slice(1, 1))
            .Output("a", a => a.Slice(0, 1)).Output("b", b => b.Slice(1, 1)).Build();
        Pipeline<double> pipeline = Pipeline.Create(
            network, columns: [new InputColumn("left"), new InputColumn("right")]);
        Matrix<double> inputs = Inputs(2);

        FeatureImportances importances = pipeline.PermutationImportance(
            inputs, inputs, Score.Lowest(new RootMeanSquaredError().ForOutput("b")));

        importances[0].Name.Should().Be("right");
        importances["left"].Mean.Should().Be(0);
        importances.Score.ToString().Should().Be($"lowest {new RootMeanSquaredError().ForOutput("b").Name}");
    }

    [Fact]
    public void The_text_is_an_aligned_table_with_bars()
    {
        (Pipeline<double> pipeline, DataSet<double> data) = Linear();

        string[] lines = pipeline.PermutationImportance(data, Score.Loss(new MeanSquaredError())).ToString()
            .Split(Environment.NewLine);

        lines.Should().HaveCount(5);
        lines[0].Should().StartWith("mean squared error ");
        lines[1].Should().MatchRegex("^feature +worse by +from +to$");
        lines[2].Should().StartWith("feature 0").And.EndWith(new string('█', 40));
        lines[2].IndexOf('█').Should().Be(lines[3].IndexOf('█'));
        lines[4].Should().StartWith("feature 2").And.NotContain("█");
    }

    [Fact]
    public void A_score_that_is_not_finite_is_refused()
    {
        Network<double> network = Network.Create<double>(3, seed: 1).Dense(1, new Sigmoid()).Build();
        Matrix<double> targets = Matrix<double>.Build.Dense(1, Samples, 1);

        Action act = () => Pipeline.Create(network)
            .PermutationImportance(Inputs(3), targets, Score.Highest(new RocAuc()));

        act.Should().Throw<ArgumentException>().WithMessage("*roc_auc*NaN*class that no sample has*");
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        (Pipeline<double> pipeline, DataSet<double> data) = Linear();
        Score score = Score.Loss(new MeanSquaredError());
        Action group = () => pipeline.PermutationImportance(data, score, new() { Groups = [new("far", 3)] });
        Action targets = () => pipeline.PermutationImportance(Inputs(3), Inputs(2), score);
        Action repeats = () => _ = new PermutationOptions { Repeats = 1 };
        Action twice = () => _ = new FeatureGroup("x", 1, 1);
        Action loss = () => pipeline.PermutationImportance(data, Score.Loss(new BinaryCrossEntropy()));

        group.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*3 features*feature 3*");
        targets.Should().Throw<ArgumentException>().WithParameterName("targets").WithMessage("*1 × 400*2 × 400*");
        repeats.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*at least 2*");
        twice.Should().Throw<ArgumentException>().WithMessage("*'x'*each once*");
        loss.Should().Throw<ArgumentException>().WithParameterName("loss");
    }

    private static (Pipeline<double> Pipeline, DataSet<double> Data) Linear()
    {
        Network<double> network = Network.Create<double>(3, seed: 1).Dense(1).Build();
        network.Parameter("dense1.weights").Set(Matrix<double>.Build.DenseOfArray(new double[,] { { 3, 1, 0 } }));
        Matrix<double> inputs = Inputs(3);
        return (Pipeline.Create(network), new(inputs, network.Predict(inputs)));
    }

    private static Matrix<double> Inputs(int rows)
    {
        var random = new Random(3);
        return Matrix<double>.Build.Dense(rows, Samples, (_, _) => random.NextDouble());
    }

    private static double Variance(Vector<double> values) =>
        values.Select(value => (value - values.Average()) * (value - values.Average())).Average();
}
