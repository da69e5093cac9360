using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Diagnostics;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

public sealed class LearningRateFinderTests
{
    private readonly DataSet<double> _data = TestData.Diagonal<double>(500, seed: 1);

    [Fact]
    public void Rates_grow_exponentially_from_the_least_to_the_largest()
    {
        LearningRateCurve curve = LearningRateFinder.Run(MakeTrainer(), _data, minRate: 1e-5, maxRate: 1e-2, steps: 31);
        curve.HasExploded.Should().BeFalse();
        curve.Points.Should().HaveCount(31);
        curve.Points[0].LearningRate.Should().Be(1e-5);
        curve.Points[^1].LearningRate.Should().BeApproximately(1e-2, 1e-12);
        curve.Points.Zip(curve.Points.Skip(1)).Should().OnlyContain(
            pair => Math.Abs((pair.Second.LearningRate / pair.First.LearningRate) - Math.Pow(10, 0.1)) < 1e-9);
    }

    [Fact]
    public void Settings_that_learn_nothing_at_any_rate_are_told()
    {
        Trainer<double> trainer = MakeTrainer();
        LearningRateFinder.Run(trainer, _data, steps: 10).Warnings.Should().BeEmpty();
        foreach (Layer<double> layer in trainer.Network.Layers)
        {
            layer.Freeze();
        }

        LearningRateCurve curve = LearningRateFinder.Run(trainer, _data, steps: 10);

        curve.Warnings.Should().ContainSingle().Which.Kind.Should().Be(TrainingWarningKind.NothingToLearn);
        curve.ToString().Should().Contain("parameters are frozen");
    }

    [Fact]
    public void Losses_are_those_of_steps_with_these_rates()
    {
        LearningRateCurve curve = LearningRateFinder.Run(
            MakeTrainer(), _data, new() { Shuffle = false, BatchSize = 50 }, 1e-3, 1, 12);
        Trainer<double> byHand = MakeTrainer();
        double mean = 0;
        for (int i = 0; i < 12; i++)
        {
            DataSet<double> batch = _data.Skip(50 * (i % 10)).Take(50);
            var one = new StepBatch<double>(batch.Inputs, batch.Targets, default);
            double loss = byHand.Stepper.Accumulate(one, isWholeStep: true);
            byHand.Stepper.Update(curve.Points[i].LearningRate, null, one);
            mean = (0.9 * mean) + (0.1 * loss);
            curve.Points[i].Loss.Should().Be(loss);
            curve.Points[i].SmoothedLoss.Should().BeApproximately(mean / (1 - Math.Pow(0.9, i + 1)), 1e-12);
        }
    }

    [Fact]
    public void A_rate_at_which_all_overflows_ends_the_test()
    {
        // From 10⁻⁸ to 10⁷ in one step: before the loss is seen to rise, it is not finite.
        Trainer<float> trainer = new(
            Network.Create<float>(2, seed: 1).Dense(6).Dense(6).Dense(6).Dense(2).Build(),
            new MeanSquaredError(),
            new Sgd(0.1));
        float[] before = [.. trainer.Network.Parameters.SelectMany(p => p.Values.ToArray())];
        LearningRateCurve curve = LearningRateFinder.Run(
            trainer, TestData.Diagonal<float>(500, seed: 1), minRate: 1e-68, maxRate: 1e67, steps: 10);
        curve.HasExploded.Should().BeTrue();
        curve.Points
            .Should().HaveCount(6)
            .And.OnlyContain(point => double.IsFinite(point.Loss) && double.IsFinite(point.SmoothedLoss));
        trainer.Network.Parameters.SelectMany(p => p.Values.ToArray()).Should().Equal(before);
    }

    [Fact]
    public void Everything_is_afterwards_as_before()
    {
        Trainer<double> trainer = MakeTrainer();
        Trainer<double> other = MakeTrainer();
        trainer.Fit(_data, new() { Epochs = 1 });
        other.Fit(_data, new() { Epochs = 1 });
        LearningRateFinder.Run(trainer, _data).HasExploded.Should().BeTrue();
        (trainer.StepCount, trainer.EpochCount).Should().Be((other.StepCount, other.EpochCount));
        Values(trainer).Should().Equal(Values(other));
        trainer.State.Slots.SelectMany(slot => slot).Should().Equal(other.State.Slots.SelectMany(slot => slot));

        // Order of samples, dropout and moments go on as if nothing had happened.
        trainer.Fit(_data, new() { Epochs = 2 });
        other.Fit(_data, new() { Epochs = 2 });
        Values(trainer).Should().Equal(Values(other));
    }

    [Fact]
    public void The_same_trainer_gives_the_same_curve()
    {
        Trainer<double> trainer = MakeTrainer();
        LearningRateFinder.Run(trainer, _data).Points.Should().Equal(LearningRateFinder.Run(trainer, _data).Points);
    }

    [Fact]
    public void It_ends_when_the_loss_explodes_even_to_infinity()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(8, new Identity()).Dense(2).Build();
        float[] before = [.. network.Parameters.SelectMany(p => p.Values.ToArray())];
        var trainer = new Trainer<float>(network, new MeanSquaredError(), new Sgd());
        LearningRateCurve curve = LearningRateFinder.Run(
            trainer, TestData.Diagonal<float>(200, 1), maxRate: 1e38, steps: 12);
        curve.HasExploded.Should().BeTrue();
        curve.Points.Count.Should().BeInRange(2, 11);
        network.Parameters.SelectMany(p => p.Values.ToArray()).Should().Equal(before);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_suggestion_trains_well(bool isAdam)
    {
        DataSet<double> data = TestData.Diagonal<double>(2000, seed: 1);
        Trainer<double> Make(double rate) => new(
            Network.Create<double>(2, seed: 1).Dense(16, new ReLU()).Dense(2).Build(),
            new SoftmaxCrossEntropy(),
            isAdam ? new Adam(rate) : new Sgd(rate));
        LearningRateCurve curve = LearningRateFinder.Run(Make(1), data);
        double rate = curve.Suggestion!.Value;
        double Loss(double of) => Make(of).Fit(data, new() { Epochs = 3, CheckFirstEpoch = false }).Epochs[^1].Loss;
        Loss(rate).Should().BeLessThan(Math.Log(2) / 2, "chance is log 2").And.BeLessThan(Loss(rate / 100) / 1.5);
    }

    [Fact]
    public void On_a_parabola_the_suggestion_is_below_where_steps_overshoot()
    {
        // L = (w − 1)² over x = ±1: w ← w − 2η(w − 1) grows for η > 1.
        Network<double> network = Network.Create<double>(1, seed: 1).Dense(1).Build();
        Matrix<double> x = Matrix<double>.Build.Dense(1, 64, (_, j) => (j % 2 * 2) - 1);
        var trainer = new Trainer<double>(network, new MeanSquaredError(), new Sgd());
        LearningRateCurve curve = LearningRateFinder.Run(trainer, new(x, x * -3), new() { BatchSize = 64 });
        curve.Suggestion.Should().BeInRange(0.003, 0.9);
        curve.HasExploded.Should().BeTrue();
    }

    [Fact]
    public void A_loss_that_never_falls_gives_no_suggestion() =>
        LearningRateFinder.Run(
            MakeTrainer(), _data, new() { BatchSize = 500, Shuffle = false }, 1e-30, 1e-29).Suggestion
            .Should().BeNull();

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Trainer<double> trainer = MakeTrainer();
        FluentActions.Invoking(() => LearningRateFinder.Run(trainer, _data, minRate: 0))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => LearningRateFinder.Run(trainer, _data, minRate: 1, maxRate: 1))
            .Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("maxRate must be above minRate, 1, but it is 1.*");
        FluentActions.Invoking(() => LearningRateFinder.Run(trainer, _data, steps: 9))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(
            () => LearningRateFinder.Run(
                trainer, TestData.Diagonal<double>(5, 1).Take(2), cancellationToken: new(canceled: true)))
            .Should().Throw<OperationCanceledException>();
        trainer.StepCount.Should().Be(0);
    }

    private static Trainer<double> MakeTrainer() => new(
        Network.Create<double>(2, seed: 1).Dense(16, new Tanh()).Dropout(0.2).Dense(2).Build(),
        new SoftmaxCrossEntropy(),
        new Adam());

    private static double[] Values(Trainer<double> trainer) =>
        [.. trainer.Network.Parameters.SelectMany(p => p.Values.ToArray())];
}
