using NeuralNet.Activations;
using NeuralNet.Callbacks;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Tests.Checkpoints;
using NeuralNet.Training;

namespace NeuralNet.Tests.Callbacks;

/// <summary>Where the network has the average of its parameters, and where those that are trained.</summary>
public sealed class AveragingTests
{
    private static readonly DataSet<double> _data = new(
        TestData.Uniform<double>(4, 30, seed: 2), TestData.Uniform<double>(3, 30, seed: 3));

    public static TheoryData<string> Kinds { get; } = new("ema", "swa");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Training_goes_on_as_without_it(string kind)
    {
        var plain = new Seen();
        var averaged = new Seen();
        TrainingHistory expected = MakeTrainer().Fit(_data, Options(plain));
        TrainingHistory history = MakeTrainer().Fit(_data, Options(Averaging(kind), averaged));
        averaged.AtBatches.Should().BeEquivalentTo(plain.AtBatches, options => options.WithStrictOrdering());
        history.Epochs.Select(epoch => epoch.Loss).Should().Equal(expected.Epochs.Select(epoch => epoch.Loss));
        history.Epochs[^1].Validation!.Loss.Should().NotBe(expected.Epochs[^1].Validation!.Loss);
        history.Warnings.Should().Equal(expected.Warnings, "what training did is looked at, not the average");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Others_see_the_average_at_the_end_of_epochs_and_of_the_run(string kind)
    {
        Trainer<double> trainer = MakeTrainer();
        var before = new Seen();
        var after = new Seen();
        ParameterAveraging<double> averaging = Averaging(kind);
        TrainingHistory history = trainer.Fit(_data, Options(before, averaging, after));
        after.AtEpochs.Should().BeEquivalentTo(before.AtEpochs, options => options.WithStrictOrdering());
        after.AtEnd.Should().Equal(before.AtEnd).And.Equal(after.AtEpochs[^1]);
        ResumeTests.Parameters(trainer.Network).Should().Equal(after.AtEnd).And.NotEqual(after.AtBatches[^1]);
        after.LossesAtEpochs.Should().Equal(history.Epochs.Select(epoch => epoch.Validation!.Loss));
        averaging.Count.Should().Be(kind == "ema" ? 5 * 3 : 4);
    }

    [Fact]
    public void Early_stopping_puts_the_best_average_back()
    {
        // Other random targets, which the network gets worse at.
        var others = new DataSet<double>(TestData.Uniform<double>(4, 30, seed: 5), TestData.Uniform<double>(3, 30, 6));
        Trainer<double> trainer = MakeTrainer();
        var stopping = new EarlyStopping<double>(patience: 2);
        TrainingHistory history = trainer.Fit(
            _data,
            new()
            {
                Epochs = 60,
                BatchSize = 10,
                Validation = others,
                Callbacks = [stopping, new ExponentialMovingAverage<double>(0.9)],
            });
        history.StoppedBy.Should().Be("EarlyStopping");
        trainer.Evaluate(others).Loss.Should().Be(history.Epochs.Min(epoch => epoch.Validation!.Loss))
            .And.Be(stopping.Best).And.NotBe(history.Epochs[^1].Validation!.Loss);
    }

    [Fact]
    public void A_step_of_several_batches_counts_once_and_so_does_that_of_the_batches_left()
    {
        var averaging = new ExponentialMovingAverage<double>(0.9);
        Trainer<double> trainer = MakeTrainer();
        trainer.Fit(
            _data,
            new() { Epochs = 2, BatchSize = 6, AccumulationSteps = 2, Validation = _data, Callbacks = [averaging] });
        trainer.StepCount.Should().Be(6);
        averaging.Count.Should().Be(6);
    }

    [Fact]
    public void Averaging_of_epochs_begins_where_it_is_told()
    {
        var seen = new Seen();
        MakeTrainer().Fit(_data, Options(new StochasticWeightAveraging<double>(3, _data), seen));
        seen.AtEpochs[0].Should().Equal(seen.AtBatches[2], "there is no average yet");
        seen.AtEpochs[1].Should().Equal(seen.AtBatches[5]);
        int weights = 4 * 5;
        seen.AtEpochs[2].Take(weights).Should().Equal(seen.AtBatches[8].Take(weights), "of one there is no other mean");
        for (int i = 0; i < weights; i++)
        {
            seen.AtEpochs[4][i].Should().BeApproximately(
                (seen.AtBatches[8][i] + seen.AtBatches[11][i] + seen.AtBatches[14][i]) / 3, 1e-15);
        }
    }

    [Fact]
    public void A_run_that_fails_leaves_the_average()
    {
        Trainer<double> trainer = MakeTrainer();
        var seen = new Seen();
        trainer.Invoking(t => t.Fit(
                _data, Options(new ExponentialMovingAverage<double>(0.5), seen, new FailsInEpoch(2))))
            .Should().Throw<InvalidOperationException>().WithMessage("enough");
        ResumeTests.Parameters(trainer.Network).Should().Equal(seen.AtEpochs[1]);
    }

    [Fact]
    public void A_second_run_and_one_that_fails_before_it_begins_do_not_get_the_average_of_the_first()
    {
        var averaging = new ExponentialMovingAverage<double>(0.5);
        MakeTrainer().Fit(_data, Options(averaging));
        Trainer<double> other = MakeTrainer();
        double[] before = ResumeTests.Parameters(other.Network);
        other.Invoking(t => t.Fit(_data, Options(new FailsInEpoch(0), averaging))).Should().Throw<Exception>();
        ResumeTests.Parameters(other.Network).Should().Equal(before);
        other.Fit(_data, Options(averaging));
        averaging.Count.Should().Be(15);
        Trainer<double> alone = MakeTrainer();
        alone.Fit(_data, Options(new ExponentialMovingAverage<double>(0.5)));
        ResumeTests.Parameters(other.Network).Should().Equal(ResumeTests.Parameters(alone.Network));
    }

    [Fact]
    public void Wrong_settings_are_refused()
    {
        MakeTrainer().Invoking(t => t.Fit(_data, Options(Averaging("ema"), Averaging("swa"))))
            .Should().Throw<InvalidOperationException>().WithMessage("Two callbacks of this run average*");
        MakeTrainer().Invoking(t => t.Fit(_data, Options(new StochasticWeightAveraging<double>(2))))
            .Should().Throw<InvalidOperationException>().WithMessage("*running statistics*statisticsFrom*");
        MakeTrainer().Invoking(t => t.Fit(_data, Options(new StochasticWeightAveraging<double>(6, _data))))
            .Should().Throw<InvalidOperationException>().WithMessage("*would begin in epoch 6, but the run has 5*");
        var other = new DataSet<double>(TestData.Uniform<double>(5, 9, seed: 2), TestData.Uniform<double>(3, 9, 3));
        MakeTrainer().Invoking(t => t.Fit(_data, Options(new StochasticWeightAveraging<double>(2, other))))
            .Should().Throw<ArgumentException>().WithParameterName("data");
        FluentActions.Invoking(() => new StochasticWeightAveraging<double>(0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("startFromEpoch");
        FluentActions.Invoking(() => new ExponentialMovingAverage<double>(1))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("decay");
        FluentActions.Invoking(() => new ExponentialMovingAverage<double>(0.5, (AverageStart)3))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("start");

        // Without such statistics there is nothing to compute anew.
        var flat = new Trainer<double>(
            Network.Create<double>(4, seed: 1).Dense(3).Build(), new MeanSquaredError(), new Sgd());
        flat.Fit(_data, Options(new StochasticWeightAveraging<double>(2))).Epochs.Should().HaveCount(5);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Not_a_bit_depends_on_the_number_of_threads(int threads)
    {
        float[] Run(int threads)
        {
            Network<float> network = Network.Create<float>(600, seed: 1).Dense(480, new ReLU()).Dense(10).Build();
            new Trainer<float>(network, new MeanSquaredError(), new Adam(), threads: threads).Fit(
                new DataSet<float>(TestData.Uniform<float>(600, 20, seed: 1), TestData.Uniform<float>(10, 20, seed: 2)),
                new() { Epochs = 2, BatchSize = 5, Callbacks = [new ExponentialMovingAverage<float>(0.7)] });
            return ResumeTests.Parameters(network);
        }

        Run(threads).Should().Equal(Run(1));
    }

    internal static ParameterAveraging<double> Averaging(string kind) => kind == "ema"
        ? new ExponentialMovingAverage<double>(0.8, AverageStart.BiasCorrected)
        : new StochasticWeightAveraging<double>(2, _data);

    private static Trainer<double> MakeTrainer(IOptimizer? optimizer = null) => new(
        Network.Create<double>(4, seed: 1).Dense(5, new Tanh()).BatchNormalization().Dense(3).Build(),
        new MeanSquaredError(),
        optimizer ?? new Sgd(0.1, momentum: 0.5));

    private static FitOptions<double> Options(params ITrainingCallback<double>[] callbacks) =>
        new() { Epochs = 5, BatchSize = 10, Validation = _data, Callbacks = callbacks };

    /// <summary>What a callback sees of the parameters.</summary>
    private sealed class Seen : ITrainingCallback<double>
    {
        public List<double[]> AtBatches { get; } = [];

        public List<double[]> AtEpochs { get; } = [];

        public List<double> LossesAtEpochs { get; } = [];

        public double[] AtEnd { get; private set; } = [];

        public void OnBatchEnd(TrainingContext<double> context) =>
            AtBatches.Add(ResumeTests.Parameters(context.Network));

        public void OnEpochEnd(TrainingContext<double> context, EpochResult result)
        {
            AtEpochs.Add(ResumeTests.Parameters(context.Network));
            LossesAtEpochs.Add(context.Evaluate(_data).Loss);
        }

        public void OnTrainingEnd(TrainingContext<double> context) => AtEnd = ResumeTests.Parameters(context.Network);
    }

    private sealed class FailsInEpoch(int epoch) : ITrainingCallback<double>
    {
        public void OnTrainingStart(TrainingContext<double> context) => FailIn(context, 0);

        public void OnEpochEnd(TrainingContext<double> context, EpochResult result) => FailIn(context, context.Epoch);

        private void FailIn(TrainingContext<double> context, int now)
        {
            if (now == epoch && context is not null)
            {
                throw new InvalidOperationException("enough");
            }
        }
    }
}
