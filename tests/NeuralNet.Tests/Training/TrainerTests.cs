using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Schedules;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

public sealed class TrainerTests
{
    private static readonly Lazy<float[]> _trainedAlone = new(() => TrainEveryLayer(threads: 1));

    private readonly DataSet<float> _data = TestData.Diagonal<float>(103, seed: 1);

    [Fact]
    public void A_network_learns()
    {
        Trainer<float> trainer = MakeTrainer();
        TrainingHistory history = trainer.Fit(
            TestData.Diagonal<float>(1000, seed: 1),
            new()
            {
                Epochs = 20,
                BatchSize = 32,
                Metrics = [new Accuracy()],
                Validation = TestData.Diagonal<float>(500, seed: 2),
            });
        history.Epochs[^1].Loss.Should().BeLessThan(history.Epochs[0].Loss / 3);
        history.Epochs[^1].Validation!.Metrics["accuracy"].Should().BeGreaterThan(0.97);
    }

    [Fact]
    public void An_epoch_sees_every_sample_once_with_a_short_last_batch()
    {
        var reports = new Recorder();
        TrainingHistory history = MakeTrainer()
            .Fit(_data, new() { Epochs = 2, BatchSize = 25, Progress = reports, ProgressInterval = TimeSpan.Zero });
        reports.All.Should().HaveCount(10);
        reports.All.Select(p => (p.Epoch, p.Batch, p.Samples)).Should().Equal(
            (1, 1, 25),
            (1, 2, 50),
            (1, 3, 75),
            (1, 4, 100),
            (1, 5, 103),
            (2, 1, 25),
            (2, 2, 50),
            (2, 3, 75),
            (2, 4, 100),
            (2, 5, 103));
        reports.All.Should().OnlyContain(p => p.Epochs == 2 && p.Batches == 5 && p.SamplesPerSecond > 0);
        reports.All[^1].Remaining.Should().Be(TimeSpan.Zero);
        history.Epochs.Select(epoch => (epoch.Epoch, epoch.Samples, epoch.IsComplete))
            .Should().Equal((1, 103, true), (2, 103, true));
        history.WasCancelled.Should().BeFalse();
    }

    [Fact]
    public void The_history_holds_means_over_samples_not_over_batches()
    {
        // With a learning rate that changes nothing, the epoch's loss is the data's, whatever the batches.
        Trainer<float> trainer = MakeTrainer(new Sgd(1e-30));
        TrainingHistory history = trainer.Fit(
            _data, new() { Epochs = 1, BatchSize = 25, Metrics = [new Accuracy()], Validation = _data });
        EvaluationResult evaluation = trainer.Evaluate(_data, [new Accuracy()]);
        history.Epochs[0].Loss.Should().BeApproximately(evaluation.Loss, 1e-6);
        history.Epochs[0].Metrics["accuracy"].Should().Be(evaluation.Metrics["accuracy"]);
        history.Epochs[0].Validation!.Loss.Should().Be(evaluation.Loss);
    }

    [Fact]
    public void Metrics_begin_anew_in_every_epoch()
    {
        var matrix = new ConfusionMatrix(2);
        MakeTrainer().Fit(_data, new() { Epochs = 3, BatchSize = 25, Metrics = [matrix.AsMetric()] });
        matrix.Count.Should().Be(103);
    }

    [Fact]
    public void An_evaluation_counts_every_sample_of_many()
    {
        // More than are measured at a time, and no multiple of that.
        DataSet<float> data = TestData.Diagonal<float>(9000, seed: 1);
        Trainer<float> trainer = MakeTrainer();
        EvaluationResult[] parts =
        [
            .. Enumerable.Range(0, 9).Select(i => trainer.Evaluate(data.Skip(1000 * i).Take(1000), [new Accuracy()])),
        ];
        EvaluationResult whole = trainer.Evaluate(data, [new Accuracy()]);
        whole.Loss.Should().BeApproximately(parts.Average(part => part.Loss), 1e-6);
        whole.Metrics["accuracy"].Should().BeApproximately(parts.Average(part => part.Metrics["accuracy"]), 1e-12);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        static float[] Train(int? seed)
        {
            Trainer<float> trainer = MakeTrainer(seed: seed);
            trainer.Fit(TestData.Diagonal<float>(103, seed: 1), new() { Epochs = 3, BatchSize = 10 });
            return trainer.Network.Parameters.SelectMany(p => p.Values.ToArray()).ToArray();
        }

        Train(seed: null).Should().Equal(Train(seed: null));
        Train(seed: 1).Should().NotEqual(Train(seed: 2), "the order of samples differs");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void The_number_of_threads_changes_no_bit_where_every_pass_is_shared(int threads)
    {
        // Large enough that updates, the check for finite gradients, activations and bias sums are shared, too.
        float[] one = Train(threads: 1);
        Train(threads).AsSpan().SequenceEqual(one).Should().BeTrue();

        static float[] Train(int threads)
        {
            Network<float> network = Network.Create<float>(530, seed: 1).Dense(611, new Cubic())
                .Dense(601, new Sigmoid()).Dense(10).Build();
            (network.Parameters[0].Count + network.Parameters[2].Count).Should().BeGreaterThan(2 << 17);
            Matrix<float> inputs = TestData.Uniform<float>(530, 500, seed: 2);
            DataSet<float> data = DataSet.FromLabels(
                inputs, Enumerable.Range(0, 500).Select(i => i % 10).ToArray(), 10);
            var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(), threads: threads);
            trainer.Fit(data, new() { Epochs = 2, BatchSize = 500 });
            return network.Parameters.SelectMany(parameter => parameter.Values.ToArray()).ToArray();
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void The_number_of_threads_changes_no_bit(int threads)
    {
        Train<float>(threads).Should().Equal(Train<float>(threads: 1));
        Train<double>(threads).Should().Equal(Train<double>(threads: 1));

        static T[] Train<T>(int threads)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            Network<T> network = Network.Create<T>(301, seed: 1).Dense(257, new ReLU()).Dense(129, new Tanh()).Dense(10)
                .Build();
            Matrix<T> inputs = TestData.Uniform<T>(301, 300, seed: 2);
            DataSet<T> data = DataSet.FromLabels(inputs, Enumerable.Range(0, 300).Select(i => i % 10).ToArray(), 10);
            var trainer = new Trainer<T>(network, new SoftmaxCrossEntropy(), new Adam(), threads: threads);
            trainer.Fit(data, new() { Epochs = 2, BatchSize = 97 });
            return network.Parameters.SelectMany(parameter => parameter.Values.ToArray()).ToArray();
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void The_number_of_threads_changes_no_bit_in_any_kind_of_layer(int threads)
    {
        float[] parameters = TrainEveryLayer(threads);
        parameters.AsSpan().SequenceEqual(_trainedAlone.Value).Should().BeTrue();
    }

    // Batches so large that every pass is shared.
    private static float[] TrainEveryLayer(int threads)
    {
        Network<float> network = EveryLayer.Create<float>(200);
        Matrix<float> inputs = TestData.Uniform<float>(200, 4500, seed: 2);
        Matrix<float> targets = OneHot.Encode<float>(Enumerable.Range(0, 4500).Select(i => i % 10).ToArray(), 10);
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(), threads: threads);
        trainer.Step(inputs, targets);
        trainer.Step(inputs, targets);
        return network.Parameters.SelectMany(parameter => parameter.Values.ToArray()).ToArray();
    }

    [Fact]
    public void Many_trainers_and_predictors_work_at_once()
    {
        static float[] Train(int threads)
        {
            Network<float> network = Network.Create<float>(301, seed: 1).Dense(257, new ReLU()).Dense(10).Build();
            DataSet<float> data = DataSet.FromLabels(
                TestData.Uniform<float>(301, 200, seed: 2), Enumerable.Range(0, 200).Select(i => i % 10).ToArray(), 10);
            new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(), threads: threads)
                .Fit(data, new() { Epochs = 3, BatchSize = 50 });
            return network.Predict(data.Inputs.ToMatrix()).AsColumnMajorArray();
        }

        float[] alone = Train(threads: 1);
        Parallel.For(
            0,
            16,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => Train(threads: 1 + (i % 4)).Should().Equal(alone));
    }

    [Fact]
    public void Fewer_than_one_thread_is_refused() =>
        FluentActions.Invoking(
            () => new Trainer<float>(MakeTrainer().Network, new MeanSquaredError(), new Sgd(0.1), threads: 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("threads");

    [Fact]
    public void Two_fits_are_one_long_fit()
    {
        Trainer<float> whole = MakeTrainer();
        whole.Fit(_data, new() { Epochs = 4, BatchSize = 10 });
        Trainer<float> halves = MakeTrainer();
        halves.Fit(_data, new() { Epochs = 2, BatchSize = 10 });
        halves.Fit(_data, new() { Epochs = 2, BatchSize = 10 });
        halves.EpochCount.Should().Be(4);
        halves.StepCount.Should().Be(whole.StepCount).And.Be(44);
        halves.Network.Parameter("dense1.weights").Values.ToArray()
            .Should().Equal(whole.Network.Parameter("dense1.weights").Values.ToArray());
    }

    [Fact]
    public void Samples_come_in_a_new_order_every_epoch_unless_told_otherwise()
    {
        List<float[]> Order(bool shuffle)
        {
            var seen = new SeenTargets();
            Matrix<float> numbers = Matrix<float>.Build.Dense(1, 20, (_, j) => j);
            Network<float> network = Network.Create<float>(1, seed: 1).Dense(1).Build();
            new Trainer<float>(network, new MeanSquaredError(), new Sgd(1e-9)).Fit(
                new DataSet<float>(numbers, numbers),
                new() { Epochs = 2, BatchSize = 20, Shuffle = shuffle, Metrics = [seen] });
            return seen.Batches;
        }

        List<float[]> shuffled = Order(shuffle: true);
        shuffled[0].Order().Should().Equal(Enumerable.Range(0, 20).Select(i => (float)i));
        shuffled[0].Should().NotBeInAscendingOrder();
        shuffled[1].Should().NotEqual(shuffled[0]);
        Order(shuffle: false).Should().OnlyContain(batch => batch.SequenceEqual(batch.Order()));
    }

    [Fact]
    public void A_schedule_sets_the_learning_rate_of_every_step()
    {
        var reports = new Recorder();
        MakeTrainer(new Sgd(0.5)).Fit(
            _data,
            new()
            {
                Epochs = 2,
                BatchSize = 52,
                Schedule = new CosineDecay(),
                Progress = reports,
                ProgressInterval = TimeSpan.Zero,
            });
        reports.All.Select(report => report.LearningRate).Should().Equal(
            Enumerable.Range(0, 4).Select(step => 0.5 * (1 + Math.Cos(Math.PI * step / 4)) / 2));

        // Half the rate in the optimizer and the whole in the schedule give the same bits as the other way round.
        float[] Train(double rate, ILearningRateSchedule? schedule)
        {
            Trainer<float> trainer = MakeTrainer(new Sgd(rate));
            trainer.Fit(_data, new() { Epochs = 1, BatchSize = 10, Schedule = schedule });
            return trainer.Network.Parameter("dense1.weights").Values.ToArray();
        }

        Train(0.25, new Times(2)).Should().Equal(Train(0.5, schedule: null));
    }

    [Fact]
    public void Cancelling_stops_after_the_batch_at_hand_and_returns_what_was_reached()
    {
        using var source = new CancellationTokenSource();
        var reports = new Recorder { At = (2, 3), Then = source.Cancel };
        Trainer<float> trainer = MakeTrainer();
        TrainingHistory history = trainer.Fit(
            _data,
            new()
            {
                Epochs = 9,
                BatchSize = 10,
                Progress = reports,
                ProgressInterval = TimeSpan.Zero,
                Validation = _data,
            },
            source.Token);
        history.WasCancelled.Should().BeTrue();
        history.Epochs.Select(epoch => (epoch.IsComplete, epoch.Samples, epoch.Validation is null))
            .Should().Equal((true, 103, false), (false, 30, true));
        trainer.StepCount.Should().Be(14);
        trainer.EpochCount.Should().Be(1);
    }

    [Fact]
    public void After_a_cancelled_epoch_the_next_one_has_an_order_of_its_own()
    {
        var seen = new SeenTargets();
        Matrix<float> numbers = Matrix<float>.Build.Dense(1, 20, (_, j) => j);
        Network<float> network = Network.Create<float>(1, seed: 1).Dense(1).Build();
        var trainer = new Trainer<float>(network, new MeanSquaredError(), new Sgd(1e-9));
        for (int i = 0; i < 2; i++)
        {
            using var source = new CancellationTokenSource();
            var reports = new Recorder { At = (1, 1), Then = source.Cancel };
            trainer.Fit(
                new DataSet<float>(numbers, numbers),
                new() { BatchSize = 10, Progress = reports, ProgressInterval = TimeSpan.Zero, Metrics = [seen] },
                source.Token);
        }

        trainer.EpochCount.Should().Be(0);
        seen.Batches.Should().HaveCount(2);
        seen.Batches[1].Should().NotEqual(seen.Batches[0]);
    }

    [Fact]
    public void Cancelling_during_the_last_validation_counts()
    {
        using var source = new CancellationTokenSource();
        var reports = new Recorder { At = (2, 2), Then = source.Cancel };
        TrainingHistory history = MakeTrainer().Fit(
            _data,
            new()
            {
                Epochs = 2,
                BatchSize = 100,
                Progress = reports,
                ProgressInterval = TimeSpan.Zero,
                Validation = _data,
            },
            source.Token);
        history.Epochs.Should().HaveCount(2);
        history.Epochs[^1].IsComplete.Should().BeTrue();
        history.Epochs[^1].Validation.Should().BeNull();
        history.WasCancelled.Should().BeTrue();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1.0)]
    public void A_schedule_that_gives_no_learning_rate_is_stopped_before_the_parameters_change(double factor)
    {
        Trainer<float> trainer = MakeTrainer();
        float[] before = trainer.Network.Parameter("dense1.weights").Values.ToArray();
        trainer.Invoking(t => t.Fit(_data, new() { Schedule = new Times(factor) }))
            .Should().Throw<InvalidOperationException>().WithMessage("The learning rate of step 1 is*");
        trainer.Network.Parameter("dense1.weights").Values.ToArray().Should().Equal(before);
    }

    [Fact]
    public void Training_until_cancelled_is_a_number_of_epochs_that_no_time_span_holds()
    {
        using var source = new CancellationTokenSource();
        var reports = new Recorder { At = (1, 3), Then = source.Cancel };
        MakeTrainer().Fit(
            _data,
            new() { Epochs = int.MaxValue, BatchSize = 1, Progress = reports, ProgressInterval = TimeSpan.Zero },
            source.Token);
        reports.All.Should().HaveCount(3);
    }

    [Fact]
    public void A_cancelled_token_trains_nothing()
    {
        Trainer<float> trainer = MakeTrainer();
        TrainingHistory history = trainer.Fit(_data, cancellationToken: new CancellationToken(canceled: true));
        history.Epochs.Should().BeEmpty();
        history.WasCancelled.Should().BeTrue();
        trainer.StepCount.Should().Be(0);
    }

    [Fact]
    public void A_non_finite_batch_stops_before_the_parameters_change()
    {
        Trainer<float> trainer = MakeTrainer();
        float[] before = trainer.Network.Parameter("dense1.weights").Values.ToArray();
        Matrix<float> inputs = Matrix<float>.Build.Dense(2, 1, float.NaN);
        Matrix<float> targets = Matrix<float>.Build.Dense(2, 1, [1, 0]);
        trainer.Invoking(t => t.Step(inputs, targets)).Should().Throw<TrainingDivergedException>()
            .WithMessage(
                "Training stopped in step 1, before the parameters were changed: the inputs of the batch hold NaN or "
                + "infinity.*");
        trainer.Invoking(t => t.Step(targets, inputs))
            .Should().Throw<TrainingDivergedException>().WithMessage("*the targets of the batch*");
        trainer.Network.Parameter("dense1.weights").Values.ToArray().Should().Equal(before);
        trainer.StepCount.Should().Be(0);
    }

    [Fact]
    public void A_layer_that_overflows_is_named_with_epoch_and_batch()
    {
        Trainer<float> trainer = MakeTrainer();
        trainer.Network.Parameter("dense2.weights").Values.Fill(float.MaxValue);
        TrainingDivergedException exception = trainer.Invoking(t => t.Fit(_data, new() { BatchSize = 10 }))
            .Should().Throw<TrainingDivergedException>().Which;
        exception.Message
            .Should().Contain("step 1 (epoch 1, batch 1)")
            .And.Contain("the outputs of the layer 'dense2' are not finite");
        (exception.Step, exception.Epoch, exception.Batch).Should().Be((1, 1, 1));
    }

    [Fact]
    public void A_gradient_that_overflows_is_named()
    {
        // The outputs are finite and so is the loss, but not δ·aᵀ: 2(o − e)·x with x = 3e38.
        Network<float> network = Network.Create<float>(1, seed: 1).Dense(1).Build();
        network.Parameter("dense1.weights").Values[0] = 0;
        var trainer = new Trainer<float>(network, new MeanSquaredError(), new Sgd(0.1));
        trainer.Invoking(t => t.Step(Matrix<float>.Build.Dense(1, 1, 3e38f), Matrix<float>.Build.Dense(1, 1, 100f)))
            .Should().Throw<TrainingDivergedException>()
            .WithMessage("*the gradient of 'dense1.weights' is not finite*");
        network.Parameter("dense1.biases").Values[0].Should().Be(0);
        trainer.Step(Matrix<float>.Build.Dense(1, 1, 1f), Matrix<float>.Build.Dense(1, 1, 1f));
        trainer.StepCount.Should().Be(1, "a batch that was refused does not stand in the way of the next");
    }

    [Fact]
    public void Data_that_do_not_fit_the_network_are_refused()
    {
        Trainer<float> trainer = MakeTrainer();
        var wide = new DataSet<float>(Matrix<float>.Build.Dense(3, 4), Matrix<float>.Build.Dense(2, 4));
        var labels = new DataSet<float>(Matrix<float>.Build.Dense(2, 4), Matrix<float>.Build.Dense(1, 4));
        trainer.Invoking(t => t.Fit(wide)).Should().Throw<ArgumentException>()
            .WithMessage("The network takes 2 features per sample, but the data have 3.*");
        trainer.Invoking(t => t.Fit(labels)).Should().Throw<ArgumentException>()
            .WithMessage(
                "The network gives 2 outputs, but the targets of the data have 1 row. Encode class labels with "
                + "OneHot.Encode.*");
        trainer.Invoking(
            t => t.Fit(new DataSet<float>(Matrix<float>.Build.Dense(2, 4), Matrix<float>.Build.Dense(3, 4))))
            .Should().Throw<ArgumentException>()
            .WithMessage(
                "The network gives 2 outputs, but the targets of the data have 3 rows. Its last layer must have 3 "
                + "neurons.*");
        var single = new Trainer<float>(
            Network.Create<float>(2, seed: 1).Dense(1).Build(), new SigmoidCrossEntropy(), new Sgd(0.1));
        single.Invoking(t => t.Fit(_data)).Should().Throw<ArgumentException>()
            .WithMessage(
                "The network gives 1 output, but the targets of the data have 2 rows. Its last layer must have 2 "
                + "neurons; for a single output*0 or 1.*");
        trainer.Invoking(t => t.Fit(_data, new() { Validation = wide })).Should().Throw<ArgumentException>();
        trainer.Invoking(t => t.Evaluate(wide)).Should().Throw<ArgumentException>();
        trainer.Invoking(t => t.Evaluate(_data, [], new CancellationToken(canceled: true)))
            .Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        FluentActions.Invoking(() => new FitOptions<float> { BatchSize = 0 })
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("BatchSize");
        FluentActions.Invoking(() => new FitOptions<float> { Epochs = 0 })
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Epochs");
        MakeTrainer().Invoking(t => t.Fit(_data, new() { Metrics = [new Accuracy(), new Accuracy()] }))
            .Should().Throw<ArgumentException>().WithMessage("There are two metrics named 'accuracy'*");
    }

    private static Trainer<float> MakeTrainer(IOptimizer? optimizer = null, int? seed = null) =>
        new(
            Network.Create<float>(2, seed: 1).Dense(16, new ReLU()).Dense(2).Build(),
            new SoftmaxCrossEntropy(),
            optimizer ?? new Adam(0.02),
            seed);

    private sealed class Times(double factor) : ILearningRateSchedule
    {
        public double Factor(long step, long totalSteps) => factor;
    }

    private sealed class Recorder : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> All { get; } = [];

        public (int Epoch, int Batch) At { get; init; }

        public Action? Then { get; init; }

        public void Report(TrainingProgress value)
        {
            All.Add(value);
            if ((value.Epoch, value.Batch) == At)
            {
                Then?.Invoke();
            }
        }
    }

    /// <summary>A metric of one's own, which remembers the targets of each batch.</summary>
    private sealed class SeenTargets : IMetric, IMetricAccumulator
    {
        public List<float[]> Batches { get; } = [];

        public string Name => "seen";

        public double Value => 0;

        public IMetricAccumulator Start(OutputDescription outputs) => this;

        public void Add<T>(
            NeuralNet.LinearAlgebra.ReadOnlyMatrixSpan<T> outputs,
            NeuralNet.LinearAlgebra.ReadOnlyMatrixSpan<T> targets,
            ReadOnlySpan<T> weights = default)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
            Batches.Add(targets.Values.ToArray().Select(float.CreateChecked).ToArray());

        public void Reset()
        {
        }
    }
}
