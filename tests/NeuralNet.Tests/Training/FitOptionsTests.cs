using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Randomness;
using NeuralNet.Schedules;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

public sealed class FitOptionsTests
{
    private readonly DataSet<double> _data = TestData.Diagonal<double>(60, seed: 1);

    [Theory]
    [InlineData(30)]
    [InlineData(20)]
    [InlineData(7)]
    public void Accumulated_batches_make_the_step_of_one_large_batch(int batchSize)
    {
        // Every step sees all 60 samples, whatever they are cut into; 7 leaves a smaller batch at the end.
        Trainer<double> whole = MakeTrainer();
        whole.Fit(_data, new() { Epochs = 3, BatchSize = 60, Shuffle = false });
        Trainer<double> parts = MakeTrainer();
        parts.Fit(_data, new() { Epochs = 3, BatchSize = batchSize, AccumulationSteps = 100, Shuffle = false });
        parts.StepCount.Should().Be(3).And.Be(whole.StepCount);
        Difference(parts, whole).Should().BeLessThan(1e-13);
    }

    [Fact]
    public void A_step_is_made_after_so_many_batches_and_at_the_end_of_an_epoch()
    {
        Trainer<double> trainer = MakeTrainer();
        TrainingHistory history = trainer.Fit(
            _data, new() { Epochs = 2, BatchSize = 10, AccumulationSteps = 4, Schedule = new PolynomialDecay() });
        trainer.StepCount.Should().Be(4, "6 batches are a step of 4 and one of 2");
        history.Epochs[^1].LearningRate
            .Should().BeApproximately(0.1 / 4, 1e-15, "the schedule ends with the last of the steps");
    }

    [Fact]
    public void A_number_of_steps_may_end_in_the_middle_of_an_epoch()
    {
        Trainer<double> trainer = MakeTrainer();
        TrainingHistory history = trainer.Fit(_data, new() { Steps = 8, BatchSize = 10, Validation = _data });
        trainer.StepCount.Should().Be(8);
        history.WasCancelled.Should().BeFalse();
        history.Epochs.Select(epoch => (epoch.IsComplete, epoch.Samples)).Should().Equal((true, 60), (false, 20));
        history.Epochs[^1].Validation.Should().NotBeNull("the run is over");
    }

    [Fact]
    public void Class_weights_multiply_the_losses_of_their_samples()
    {
        Trainer<double> weighted = MakeTrainer();
        weighted.Fit(_data, new() { Epochs = 1, BatchSize = 60, Shuffle = false, ClassWeights = [1, 3] });
        Trainer<double> bySample = MakeTrainer();
        double[] weights = Enumerable.Range(0, 60).Select(j => _data.Targets[1, j] == 1 ? 3.0 : 1).ToArray();
        bySample.Step(_data.Inputs, _data.Targets, weights);
        Difference(weighted, bySample).Should().Be(0);

        MakeTrainer().Invoking(t => t.Fit(_data, new() { ClassWeights = [1.0] })).Should().Throw<ArgumentException>()
            .WithMessage("There are 2 classes, but 1 class weight.*");
        MakeTrainer().Invoking(t => t.Fit(_data, new() { ClassWeights = [1, -1] })).Should().Throw<ArgumentException>()
            .WithMessage("*that of class 1 is -1*");
    }

    [Fact]
    public void Class_weights_of_a_single_output_are_those_of_no_and_of_yes()
    {
        static Trainer<double> Make() =>
            new(Network.Create<double>(2, seed: 1).Dense(1).Build(), new SigmoidCrossEntropy(), new Sgd(0.1));

        var data = new DataSet<double>(
            TestData.Uniform<double>(2, 20, seed: 2), Matrix<double>.Build.Dense(1, 20, (_, j) => j % 3 == 0 ? 1 : 0));
        Trainer<double> weighted = Make();
        weighted.Fit(data, new() { Epochs = 1, BatchSize = 20, Shuffle = false, ClassWeights = [1, 3] });
        Trainer<double> bySample = Make();
        double[] weights = [.. Enumerable.Range(0, 20).Select(j => j % 3 == 0 ? 3.0 : 1)];
        bySample.Step(data.Inputs, data.Targets, weights);
        Difference(weighted, bySample).Should().Be(0);
    }

    [Fact]
    public void The_batches_of_a_step_draw_each_for_itself()
    {
        var trainer = new Trainer<double>(
            Network.Create<double>(100, seed: 1).Dropout(0.5).Dense(1).Build(), new MeanSquaredError(), new Sgd(0.1));
        var twice = new DataSet<double>(Matrix<double>.Build.Dense(100, 2, 1.0), Matrix<double>.Build.Dense(1, 2));
        var reports = new Reports();
        trainer.Fit(
            twice,
            new()
            {
                Epochs = 1,
                BatchSize = 1,
                AccumulationSteps = 2,
                Progress = reports,
                ProgressInterval = TimeSpan.Zero,
            });
        trainer.StepCount.Should().Be(1);
        reports.All.Should().HaveCount(2);
        reports.All[1].Loss.Should().NotBe(reports.All[0].Loss, "the same sample loses other features");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_batch_of_every_epoch_is_augmented_in_its_own_way(int threads)
    {
        var draws = new Draws();
        var trainer = new Trainer<double>(
            Network.Create<double>(2, seed: 1).Dense(2).Build(),
            new SoftmaxCrossEntropy(),
            new Sgd(0.1),
            threads: threads);
        trainer.Fit(_data, new() { Epochs = 2, BatchSize = 20, Augmentation = draws });
        draws.First.Should().HaveCount(6).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void A_share_of_the_data_can_be_held_out()
    {
        TrainingHistory history = MakeTrainer().Fit(_data, new() { Epochs = 1, ValidationSplit = 0.25 });
        history.Epochs[0].Samples.Should().Be(45);
        history.Epochs[0].Validation.Should().NotBeNull();
        MakeTrainer().Invoking(t => t.Fit(_data, new() { ValidationSplit = 0.25, Validation = _data }))
            .Should().Throw<ArgumentException>().WithMessage("*exclude each other*");
        FluentActions.Invoking(() => new FitOptions<double> { ValidationSplit = 1 })
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.999)]
    public void A_share_that_leaves_nothing_to_train_on_or_to_validate_on_is_refused_by_name(double share) =>
        MakeTrainer().Invoking(t => t.Fit(_data, new() { ValidationSplit = share }))
            .Should().Throw<ArgumentException>()
            .WithMessage(FormattableString.Invariant(
                $"A ValidationSplit of {share} leaves no sample of {_data.Count} for *or give Validation*"))
            .WithParameterName("options");

    [Fact]
    public void Validation_can_be_rarer_than_epochs()
    {
        TrainingHistory history = MakeTrainer()
            .Fit(_data, new() { Epochs = 5, Validation = _data, ValidationEvery = 2 });
        history.Epochs.Select(epoch => epoch.Validation is not null).Should().Equal(false, true, false, true, true);
    }

    [Fact]
    public void A_cancelled_run_throws_where_it_is_asked_to()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        MakeTrainer().Invoking(t => t.Fit(_data, new() { ThrowWhenCancelled = true }, source.Token))
            .Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void Progress_is_reported_no_oftener_than_asked_but_at_the_end_of_every_epoch()
    {
        var reports = new Reports();
        MakeTrainer().Fit(
            _data, new() { Epochs = 3, BatchSize = 10, Progress = reports, ProgressInterval = TimeSpan.FromDays(1) });
        reports.All.Select(report => (report.Epoch, report.Batch)).Should().Equal((1, 1), (1, 6), (2, 6), (3, 6));
    }

    [Fact]
    public void A_report_may_be_read_when_training_is_further_on()
    {
        var reports = new Reports();
        TrainingHistory history = MakeTrainer().Fit(
            _data,
            new()
            {
                Epochs = 2,
                BatchSize = 30,
                Progress = reports,
                ProgressInterval = TimeSpan.Zero,
                Metrics = [new Accuracy()],
            });
        reports.All.Select(report => report.Metrics["accuracy"]).Distinct().Should().HaveCountGreaterThan(1);
        reports.All.Where(report => report.Batch == report.Batches).Select(report => report.Metrics["accuracy"])
            .Should().Equal(history.Epochs.Select(epoch => epoch.Metrics["accuracy"]));
    }

    [Fact]
    public void A_learning_rate_factor_multiplies_every_rate()
    {
        Trainer<double> half = MakeTrainer(new Sgd(0.2));
        half.LearningRateFactor = 0.5;
        half.Fit(_data, new() { Epochs = 2 });
        Trainer<double> plain = MakeTrainer(new Sgd(0.1));
        plain.Fit(_data, new() { Epochs = 2 });
        Difference(half, plain).Should().Be(0);
        half.Invoking(t => t.LearningRateFactor = -1).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static Trainer<double> MakeTrainer(IOptimizer? optimizer = null) =>
        new(
            Network.Create<double>(2, seed: 1).Dense(6, new Tanh()).Dense(2).Build(),
            new SoftmaxCrossEntropy(),
            optimizer ?? new Sgd(0.1, momentum: 0.9));

    private static double Difference(Trainer<double> one, Trainer<double> other)
    {
        Vector<double> difference = one.Network.Parameter(
            "dense1.weights").Vector - other.Network.Parameter("dense1.weights").Vector;
        return difference.InfinityNorm();
    }

    private sealed class Draws : IAugmentation
    {
        public List<ulong> First { get; } = [];

        public void Apply<T>(MatrixSpan<T> inputs, MatrixSpan<T> targets, RandomStream random)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => First.Add(random.Bits(0));
    }

    private sealed class Reports : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> All { get; } = [];

        public void Report(TrainingProgress value) => All.Add(value);
    }
}
