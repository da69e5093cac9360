using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Callbacks;
using NeuralNet.Data;
using NeuralNet.Ensembles;
using NeuralNet.Evaluation;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Ensembles;

/// <summary>Members are trained one by one or several at a time, to the same bits.</summary>
public sealed class EnsembleTrainingTests
{
    public static TheoryData<Resampling> Resamplings { get; } = new(Enum.GetValues<Resampling>());

    [Theory]
    [MemberData(nameof(Resamplings))]
    public void Parallelism_changes_no_bit(Resampling resampling)
    {
        DataSet<double> data = Rings();

        TrainedEnsemble<double> one = Train(data, resampling, parallelism: 1);
        TrainedEnsemble<double> three = Train(data, resampling, parallelism: 3);

        three.Network.Predict(data.Inputs).Should().Be(one.Network.Predict(data.Inputs));
        three.Members.Select(member => member.LeftOut?.Loss).Should().Equal(one.Members.Select(m => m.LeftOut?.Loss));
        one.Members.Select(member => member.History.Epochs.Count).Should().Equal(4, 4, 4);
        one.Members.Should().OnlyContain(member => (member.LeftOut == null) == (resampling == Resampling.None));
    }

    [Fact]
    public void A_member_is_the_network_that_training_alone_makes()
    {
        DataSet<double> data = Rings();
        Trainer<double> alone = Make(1);
        alone.Fit(data, new() { Epochs = 4 });

        TrainedEnsemble<double> trained = Train(data, Resampling.None, parallelism: 2);

        trained.Members[1].Network.Predict(data.Inputs).Should().Be(alone.Network.Predict(data.Inputs));
    }

    [Fact]
    public void Of_folds_each_member_is_measured_on_the_one_it_lacks()
    {
        DataSet<double> data = Rings();
        TrainedEnsemble<double> trained = Train(data, Resampling.Folds, parallelism: 1);
        (DataSet<double> _, DataSet<double> validation) = data.Folds(3, seed: 7).ElementAt(2);

        trained.Members[2].LeftOut!.Loss.Should().Be(
            new Evaluator<double>(trained.Members[2].Network, new SoftmaxCrossEntropy()).Evaluate(validation).Loss);
        trained.Members[2].LeftOut!.Metrics.Should().ContainKey("accuracy");
    }

    [Fact]
    public void The_loss_of_the_mean_is_below_the_mean_loss()
    {
        DataSet<double> data = Rings();
        TrainedEnsemble<double> trained = Train(data, Resampling.Bootstrap, parallelism: 1);

        // −log p is convex: Jensen's inequality.
        Matrix<double> logarithms = trained.Network.Predict(data.Inputs).PointwiseLog();
        double together = -data.Targets.ToMatrix().PointwiseMultiply(logarithms).Enumerate().Sum() / data.Count;
        double apart = trained.Members.Average(
            member => new Evaluator<double>(member.Network, new SoftmaxCrossEntropy()).Evaluate(data).Loss);
        together.Should().BeLessThan(apart);
    }

    [Fact]
    public void Options_may_be_each_members_own()
    {
        TrainedEnsemble<double> trained = Ensemble.Train(
            Rings(),
            members: 2,
            seed: 1,
            member => (Make(member), new FitOptions<double> { Epochs = member + 1 }),
            parallelism: 2);

        trained.Members.Select(member => member.History.Epochs.Count).Should().Equal(1, 2);
    }

    [Fact]
    public void What_serves_one_run_is_not_shared()
    {
        var options = new FitOptions<double> { Callbacks = [new TimeBudget<double>(TimeSpan.FromHours(1))] };
        Action act = () => Ensemble.Train(Rings(), 2, seed: 1, Make, options, parallelism: 2);

        act.Should().Throw<ArgumentException>().WithMessage("*member 1*TimeBudget*another member*");
    }

    [Fact]
    public void Members_of_one_seed_are_refused()
    {
        Action act = () => Ensemble.Train(Rings(), 2, seed: 1, _ => Make(1), new() { Epochs = 1 });

        act.Should().Throw<ArgumentException>().WithMessage("*members 0 and 1 are the same*");
    }

    [Fact]
    public void A_cancelled_training_makes_no_ensemble()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Action act = () => Ensemble.Train(Rings(), 2, seed: 1, Make, cancellationToken: source.Token);

        act.Should().Throw<OperationCanceledException>();
    }

    private static TrainedEnsemble<double> Train(DataSet<double> data, Resampling resampling, int parallelism) =>
        Ensemble.Train(
            data,
            members: 3,
            seed: 7,
            Make,
            new() { Epochs = 4, Metrics = [new Accuracy()] },
            resampling,
            parallelism);

    private static Trainer<double> Make(int member) => new(
        Network.Create<double>(2, seed: member).Dense(8, new Tanh()).Dropout(0.1).Dense(2).Build(),
        new SoftmaxCrossEntropy(),
        new Adam(0.02));

    private static DataSet<double> Rings()
    {
        var random = new Random(5);
        Matrix<double> points = Matrix<double>.Build.Dense(2, 120, (_, _) => (4 * random.NextDouble()) - 2);
        int[] labels = [.. Enumerable.Range(0, 120).Select(j => points.Column(j).L2Norm() > 1.4 ? 1 : 0)];
        return DataSet.FromLabels(points, labels, classes: 2);
    }
}
