using NeuralNet.Activations;
using NeuralNet.Callbacks;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Diagnostics;
using NeuralNet.Evaluation;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Callbacks;

public sealed class CallbackTests
{
    private readonly DataSet<float> _data = TestData.Diagonal<float>(40, seed: 1);

    [Fact]
    public void A_callback_hears_of_everything_in_order()
    {
        var log = new Log();
        MakeTrainer().Fit(_data, new() { Epochs = 2, BatchSize = 20, Callbacks = [log] });
        log.Lines.Should().Equal(
            "start 0.0", "epoch 1.0", "batch 1.1", "done 1.1", "batch 1.2", "done 1.2", "end 1 True",
            "epoch 2.0", "batch 2.1", "done 2.1", "batch 2.2", "done 2.2", "end 2 True", "over 2.2");
    }

    [Fact]
    public void A_callback_may_stop_the_run()
    {
        var stop = new Log { StopAt = (2, 1) };
        TrainingHistory history = MakeTrainer().Fit(_data, new() { Epochs = 9, BatchSize = 20, Callbacks = [stop] });
        history.StopReason.Should().Be("enough");
        history.WasCancelled.Should().BeFalse();
        history.Epochs.Select(epoch => epoch.IsComplete).Should().Equal(true, false);
    }

    [Fact]
    public void Early_stopping_ends_after_its_patience_and_puts_the_best_parameters_back()
    {
        // A learning rate so high that the loss gets worse after a while: the best epoch is not the last.
        Trainer<float> trainer = MakeTrainer(new Sgd(40));
        var stopping = new EarlyStopping<float>(patience: 3);
        TrainingHistory history = trainer.Fit(
            _data, new() { Epochs = 200, BatchSize = 10, Validation = _data, Callbacks = [stopping] });

        double[] losses = history.Epochs.Select(epoch => epoch.Validation!.Loss).ToArray();
        int best = Array.IndexOf(losses, losses.Min());
        stopping.BestEpoch.Should().Be(best + 1);
        losses.Should().HaveCount(best + 1 + 3);
        history.StopReason.Should().StartWith("loss has not improved for 3 epochs");
        trainer.Evaluate(_data).Loss.Should().Be(losses[best]).And.NotBe(losses[^1]);
    }

    [Fact]
    public void Early_stopping_begins_anew_with_every_run()
    {
        var stopping = new EarlyStopping<float>(patience: 1);
        MakeTrainer().Fit(_data, new() { Epochs = 20, Callbacks = [stopping] });
        double best = stopping.Best;

        // Another network begins with losses that are higher than the best of the first.
        TrainingHistory second = MakeTrainer().Fit(_data, new() { Epochs = 3, Callbacks = [stopping] });
        second.Epochs.Should().HaveCount(3);
        stopping.Best.Should().Be(second.Epochs[^1].Loss).And.BeGreaterThan(best);
    }

    [Fact]
    public void Early_stopping_may_go_by_a_metric()
    {
        var stopping = new EarlyStopping<float>(patience: 2, MonitoredValue.Highest("accuracy"), restoreBest: false);
        TrainingHistory history = MakeTrainer(new Sgd(1e-9)).Fit(
            _data, new() { Epochs = 50, Metrics = [new Accuracy()], Validation = _data, Callbacks = [stopping] });
        history.Epochs.Should().HaveCount(3, "nothing improves");
        MakeTrainer().Invoking(
            t => t.Fit(_data, new() { Callbacks = [new EarlyStopping<float>(1, MonitoredValue.Highest("accuracy"))] }))
            .Should().Throw<InvalidOperationException>().WithMessage("The run has no metric 'accuracy'*");
    }

    [Fact]
    public void Of_an_error_less_is_better()
    {
        MonitoredValue error = MonitoredValue.Lowest("log_loss");
        (error.Name, error.HigherIsBetter).Should().Be(("log_loss", false));
        FluentActions.Invoking(() => MonitoredValue.Lowest(" "))
            .Should().Throw<ArgumentException>().WithParameterName("metric");

        var stopping = new EarlyStopping<float>(patience: 3, error, restoreBest: false);
        double.IsNaN(stopping.Best).Should().BeTrue();
        TrainingHistory history = MakeTrainer(new Adam(0.05)).Fit(
            _data,
            new()
            {
                Epochs = 30,
                Metrics = [new LogLoss()],
                Validation = _data,
                Callbacks = [stopping],
            });
        double[] errors = [.. history.Epochs.Select(epoch => epoch.Validation!.Metrics[error.Name])];
        stopping.Best.Should().Be(errors.Min());
        stopping.BestEpoch.Should().Be(Array.IndexOf(errors, errors.Min()) + 1);
    }

    [Fact]
    public void A_callback_sees_where_the_epoch_is()
    {
        var seen = new List<(int Batch, int? Batches, double Loss, double BatchLoss, int Metrics, double Accuracy)>();
        IReadOnlyDictionary<string, double>? metrics = null;
        MakeTrainer().Fit(_data, new()
        {
            Epochs = 1,
            BatchSize = 20,
            Metrics = [new Accuracy()],
            Callbacks = [new Watch(context =>
            {
                metrics = context.Metrics;
                seen.Add((
                    context.Batch,
                    context.Batches,
                    context.Loss,
                    context.BatchLoss,
                    metrics.Count,
                    metrics["accuracy"]));
            })],
        });
        seen.Select(line => (line.Batch, line.Batches, line.Metrics)).Should().Equal((1, 2, 1), (2, 2, 1));
        seen[0].Loss.Should().BeApproximately(seen[0].BatchLoss, 1e-12);
        seen[1].Loss.Should().BeApproximately((seen[0].BatchLoss + seen[1].BatchLoss) / 2, 1e-6);

        metrics!.Keys.Should().Equal("accuracy");
        metrics.Values.Should().Equal(seen[1].Accuracy);
        metrics.ContainsKey("accuracy").Should().BeTrue();
        metrics.ContainsKey("precision").Should().BeFalse();
        metrics.TryGetValue("precision", out _).Should().BeFalse();
        metrics.Invoking(m => m["precision"])
            .Should().Throw<KeyNotFoundException>().WithMessage("There is no metric 'precision'; there are: accuracy.");
        ((System.Collections.IEnumerable)metrics).Cast<object>()
            .Should().Equal(KeyValuePair.Create("accuracy", seen[1].Accuracy));
    }

    [Fact]
    public void Two_metrics_of_one_name_are_refused() =>
        MakeTrainer().Invoking(t => t.Fit(_data, new() { Metrics = [new Accuracy(), new Accuracy()] }))
            .Should().Throw<ArgumentException>().WithMessage("There are two metrics named 'accuracy'.*");

    [Fact]
    public void The_learning_rate_falls_on_a_plateau()
    {
        Trainer<float> trainer = MakeTrainer(new Sgd(1e-9));
        var plateau = new ReduceOnPlateau<float>(factor: 0.5, patience: 2, cooldown: 1, minLearningRateFactor: 0.2);
        TrainingHistory history = trainer.Fit(_data, new() { Epochs = 12, Validation = _data, Callbacks = [plateau] });

        // Epoch 1 is the best; 2 and 3 are no better, so 4 has half the rate. One epoch of cooldown (4), 5 and 6 no
        // better: 7, and so on.
        history.Epochs.Select(epoch => Math.Round(epoch.LearningRate / 1e-9, 6)).Should().Equal(
            1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.2, 0.2, 0.2);
    }

    [Theory]
    [InlineData(ImprovementMode.Absolute, 100, 99.95, 0.1, false)]
    [InlineData(ImprovementMode.Absolute, 100, 99.85, 0.1, true)]
    [InlineData(ImprovementMode.Relative, 100, 99.85, 0.01, false)]
    [InlineData(ImprovementMode.Relative, 100, 98.9, 0.01, true)]
    [InlineData(ImprovementMode.Relative, 0.001, 0.0009, 0.01, true)]
    [InlineData(ImprovementMode.Absolute, 0.001, 0.0009, 0.01, false)]
    [InlineData(ImprovementMode.Relative, -100, -100.5, 0.01, false)]
    [InlineData(ImprovementMode.Relative, -100, -101.5, 0.01, true)]
    [InlineData(ImprovementMode.Relative, double.PositiveInfinity, 3, 0.01, true)]
    [InlineData(ImprovementMode.Relative, double.NaN, 3, 0.01, true)]
    [InlineData(ImprovementMode.Relative, 3, double.NaN, 0.01, false)]
    [InlineData(ImprovementMode.Relative, 0, -1e-9, 0.01, true)]
    public void A_least_difference_is_in_the_unit_of_the_figure_or_a_share_of_it(
        ImprovementMode mode, double best, double value, double least, bool isBetter)
    {
        MonitoredValue.Loss.IsBetter(value, best, least, mode).Should().Be(isBetter);
        MonitoredValue.Highest("r2").IsBetter(-value, -best, least, mode).Should().Be(isBetter);
    }

    [Theory]
    [InlineData(ImprovementMode.Absolute, 1)]
    [InlineData(ImprovementMode.Relative, 40)]
    public void A_relative_threshold_asks_for_less_of_a_small_loss(ImprovementMode mode, int best)
    {
        // Losses of 10⁻⁶ that fall by half with every step, far below an absolute 10⁻⁴.
        var data = new DataSet<double>(
            MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(1, 1, 1),
            MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(1, 1, 1e-3));
        var network = Network.Create<double>(1, seed: 1).Dense(1, weightInitializer: new NeuralNet.Initializers.Zero())
            .Build();
        var stopping = new EarlyStopping<double>(60, minImprovement: 1e-4, mode: mode);
        var plateau = new ReduceOnPlateau<double>(0.5, 5, mode: mode);
        var trainer = new Trainer<double>(network, new MeanSquaredError(), new Sgd(0.05));
        trainer.Fit(data, new() { Epochs = 40, Callbacks = [stopping, plateau] });
        stopping.BestEpoch.Should().Be(best);
        trainer.LearningRateFactor.Should().Be(mode == ImprovementMode.Relative ? 1 : Math.Pow(0.5, 7));
    }

    [Fact]
    public void Patience_counts_validations_where_not_every_epoch_has_one()
    {
        var stopping = new EarlyStopping<float>(patience: 2);
        TrainingHistory history = MakeTrainer(new Sgd(1e-30)).Fit(
            _data, new() { Epochs = 50, Validation = _data, ValidationEvery = 3, Callbacks = [stopping] });
        history.Epochs.Should().HaveCount(9, "epochs 3, 6 and 9 are validated");
        history.StopReason.Should().StartWith("loss has not improved for 2 validations; its best was")
            .And.EndWith("in epoch 3");
        MakeTrainer(new Sgd(1e-30)).Fit(
            _data, new() { Epochs = 50, Callbacks = [new EarlyStopping<float>(patience: 1)] })
            .StopReason.Should().StartWith("loss has not improved for 1 epoch;");
    }

    [Fact]
    public void Epochs_before_the_first_that_counts_are_not_watched()
    {
        var stopping = new EarlyStopping<float>(patience: 2, startFromEpoch: 4);
        var plateau = new ReduceOnPlateau<float>(0.5, patience: 1, startFromEpoch: 4);
        TrainingHistory history = MakeTrainer(new Sgd(1e-30)).Fit(
            _data, new() { Epochs = 50, Validation = _data, Callbacks = [stopping, plateau] });
        (stopping.BestEpoch, history.Epochs.Count).Should().Be((4, 6));
        history.Epochs.Select(epoch => epoch.LearningRate / 1e-30).Should().Equal(1, 1, 1, 1, 1, 0.5);
        FluentActions.Invoking(() => new EarlyStopping<float>(startFromEpoch: 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("startFromEpoch");
        FluentActions.Invoking(() => new ReduceOnPlateau<float>(mode: (ImprovementMode)2))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("mode");
    }

    [Fact]
    public void A_figure_that_never_is_a_number_says_so() =>
        MakeTrainer(new Sgd(1e-30)).Fit(
            _data,
            new()
            {
                Epochs = 50,
                Metrics = [new NeverANumber()],
                Callbacks = [new EarlyStopping<float>(2, MonitoredValue.Lowest("nothing"))],
            })
            .StopReason.Should().Be("nothing has not improved for 2 epochs; it never was a number");

    [Theory]
    [InlineData("acuracy", "*it has: accuracy. Did you mean 'accuracy'?")]
    [InlineData("Accuracy", "*Did you mean 'accuracy'?")]
    [InlineData("acc", "*Did you mean 'accuracy'?")]
    [InlineData("val_accuracy", "*No prefix is needed: figures are those of the validation data*'accuracy'?")]
    [InlineData("val_loss", "*The loss is no metric: watch MonitoredValue.Loss.")]
    [InlineData("loss", "*The loss is no metric: watch MonitoredValue.Loss.")]
    [InlineData("recall", "*it has: accuracy. Add it to the options' Metrics.")]
    public void An_unknown_monitor_is_refused_before_the_first_step(string metric, string message)
    {
        var monitor = MonitoredValue.Highest(metric);
        foreach (ITrainingCallback<float> callback in new ITrainingCallback<float>[]
        {
            new EarlyStopping<float>(monitor: monitor), new ReduceOnPlateau<float>(monitor: monitor),
            new Checkpointing<float>(Path.Combine(Path.GetTempPath(), "never-made"), keepBest: monitor),
        })
        {
            Trainer<float> trainer = MakeTrainer();
            trainer.Invoking(t => t.Fit(_data, new() { Metrics = [new Accuracy()], Callbacks = [callback] }))
                .Should().Throw<InvalidOperationException>().WithMessage(message);
            trainer.StepCount.Should().Be(0);
        }
    }

    [Fact]
    public void A_metric_that_cannot_be_is_refused_before_the_first_step()
    {
        var trainer = new Trainer<float>(
            Network.Create<float>(2, seed: 1).Dense(1).Build(), new MeanSquaredError(), new Adam());
        var data = new DataSet<float>(TestData.Uniform<float>(2, 10, 1), TestData.Uniform<float>(1, 10, 2));
        var options = new FitOptions<float> { Metrics = [new Accuracy()] };
        trainer.Invoking(t => t.Fit(data, options))
            .Should().Throw<ArgumentException>().WithMessage("Accuracy compares*");
        trainer.StepCount.Should().Be(0);
    }

    [Fact]
    public void A_time_budget_ends_the_run()
    {
        TrainingHistory history = MakeTrainer().Fit(
            _data, new() { Epochs = int.MaxValue, Callbacks = [new TimeBudget<float>(TimeSpan.FromMilliseconds(50))] });
        history.StopReason.Should().Contain("is used up");
        history.Duration.Should().BeGreaterThan(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_CSV_log_has_a_row_per_epoch()
    {
        string path = Path.GetTempFileName();
        try
        {
            TrainingHistory history = MakeTrainer().Fit(
                _data,
                new()
                {
                    Epochs = 3,
                    BatchSize = 20,
                    Metrics = [new Accuracy()],
                    Validation = _data,
                    ValidationEvery = 2,
                    Callbacks = [new CsvLog<float>(path)],
                });
            string[] lines = File.ReadAllLines(path);
            lines.Should().HaveCount(4);
            lines[0]
                .Should().Be(
                    "epoch,samples,seconds,learning_rate,loss,accuracy,validation_loss,validation_accuracy,outcome");
            string[] row = lines[2].Split(',');
            row[0].Should().Be("2");
            row[1].Should().Be("40");
            double.Parse(row[4], System.Globalization.CultureInfo.InvariantCulture).Should().Be(history.Epochs[1].Loss);
            double.Parse(row[7], System.Globalization.CultureInfo.InvariantCulture)
                .Should().Be(history.Epochs[1].Validation!.Metrics["accuracy"]);
            lines[1].Should().EndWith(",,,", "the first epoch was not validated, and the run went on");
            lines[3].Should().EndWith(",Completed");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_CSV_log_of_a_resumed_run_keeps_the_rows_before()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("csv-log-");
        try
        {
            string path = Path.Combine(folder.FullName, "log.csv");
            string[] Rows() =>
            [
                .. File.ReadAllLines(path)
                    .Select(line => string.Join(',', line.Split(',').Where((_, column) => column is not (2 or 5)))),
            ];
            void Run(int? interruption)
            {
                using var cancel = new CancellationTokenSource();
                Trainer<float> trainer = MakeTrainer();
                trainer.Resume(Path.Combine(folder.FullName, "run"));
                trainer.Fit(
                    _data,
                    new()
                    {
                        Epochs = 4,
                        BatchSize = 20,
                        Metrics = [new RenamedAccuracy("a, \"b\"")],
                        Callbacks =
                        [
                            new CsvLog<float>(path),
                            new Checkpointing<float>(Path.Combine(folder.FullName, "run")),
                            new Watch(context =>
                            {
                                if (context.Epoch == interruption)
                                {
                                    cancel.Cancel();
                                }
                            }),
                        ],
                    },
                    cancel.Token);
            }

            Run(null);
            string[] whole = Rows();
            whole.Should().HaveCount(5);
            File.ReadLines(path).First()
                .Should().Be("epoch,samples,seconds,learning_rate,loss,\"a, \"\"b\"\"\",outcome");
            Directory.Delete(Path.Combine(folder.FullName, "run"), recursive: true);
            Run(3);
            Rows().Should().HaveCount(4).And.StartWith(whole[..3]);
            Run(null);
            Rows()[1..].Should().Equal(whole[1..]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void An_exception_of_a_callback_reaches_the_caller_and_training_can_go_on()
    {
        Trainer<float> trainer = MakeTrainer();
        var failing = new Log { FailAt = (1, 2) };
        trainer.Invoking(t => t.Fit(_data, new() { BatchSize = 10, AccumulationSteps = 3, Callbacks = [failing] }))
            .Should().Throw<IOException>();
        trainer.Fit(_data, new() { Epochs = 1, BatchSize = 10 }).Epochs.Should().ContainSingle();
    }

    [Fact]
    public void All_callbacks_hear_of_a_failure_but_of_no_end()
    {
        Log first = new();
        Log failing = new() { FailAt = (1, 2) };
        Log last = new();
        MakeTrainer().Invoking(t => t.Fit(_data, new() { BatchSize = 20, Callbacks = [first, failing, last] }))
            .Should().Throw<IOException>();
        first.Lines.Should().Equal(
            "start 0.0", "epoch 1.0", "batch 1.1", "done 1.1", "batch 1.2", "done 1.2", "failed 1.2 IOException");
        failing.Lines.Should().Equal(first.Lines);
        last.Lines.Should().Equal(
            "start 0.0", "epoch 1.0", "batch 1.1", "done 1.1", "batch 1.2", "failed 1.2 IOException");
    }

    [Fact]
    public void Callbacks_hear_of_divergence()
    {
        var log = new Log();
        MakeTrainer(new Sgd(1e39)).Invoking(t => t.Fit(_data, new() { BatchSize = 20, Callbacks = [log] }))
            .Should().Throw<TrainingDivergedException>();
        log.Lines[^1].Should().Be("failed 1.2 TrainingDivergedException");
    }

    [Fact]
    public void Any_callback_may_warn_and_all_are_told()
    {
        TrainingWarning warning = new(TrainingWarningKind.DeadLayer, "dense1", "All units are dead.");
        Log before = new();
        Log after = new();
        var warns = new Watch(context =>
        {
            if ((context.Epoch, context.Batch) == (1, 2))
            {
                context.Warn(warning);
                context.Warnings.Should().Equal(warning);
            }
        });
        TrainingHistory history = MakeTrainer().Fit(
            _data, new() { Epochs = 1, BatchSize = 20, CheckFirstEpoch = false, Callbacks = [before, warns, after] });
        history.Warnings.Should().Equal(warning);
        before.Lines[5..7].Should().Equal("done 1.2", "warned 1.2 DeadLayer");
        after.Lines[5..7].Should().Equal("warned 1.2 DeadLayer", "done 1.2");
    }

    [Fact]
    public void A_callback_sees_the_training_without_its_trainer()
    {
        Trainer<float> trainer = MakeTrainer(new Sgd(0.5));
        trainer.LearningRateFactor = 0.5;
        using var source = new CancellationTokenSource();
        var seen = new List<(long Steps, double Rate, double Loss)>();
        var watch = new Watch(context =>
        {
            context.Network.Should().BeSameAs(trainer.Network);
            context.LossFunction.Should().BeSameAs(trainer.Loss);
            context.Optimizer.Should().BeSameAs(trainer.Optimizer);
            context.Seed.Should().Be(trainer.Seed);
            context.CancellationToken.Should().Be(source.Token);
            context.WasCancelled.Should().BeFalse();
            EvaluationResult evaluation = context.Evaluate(_data, [new Accuracy()]);
            evaluation.Metrics.Should().Equal(trainer.Evaluate(_data, [new Accuracy()]).Metrics);
            seen.Add((context.StepCount, context.LearningRate, evaluation.Loss));
            context.LearningRateFactor /= 2;
        });
        trainer.Fit(_data, new() { Epochs = 1, BatchSize = 20, Callbacks = [watch] }, source.Token);
        seen.Select(line => (line.Steps, line.Rate)).Should().Equal((1, 0.25), (2, 0.125));
        trainer.LearningRateFactor.Should().Be(0.125);
        seen[1].Loss.Should().Be(trainer.Evaluate(_data).Loss);
    }

    [Fact]
    public void A_callback_learns_whether_the_run_was_cancelled()
    {
        bool? wasCancelled = null;
        using var source = new CancellationTokenSource();
        var watch = new Watch(_ => source.Cancel()) { AtEnd = context => wasCancelled = context.WasCancelled };
        MakeTrainer().Fit(_data, new() { Epochs = 2, BatchSize = 20, Callbacks = [watch] }, source.Token);
        wasCancelled.Should().BeTrue();
        MakeTrainer().Fit(_data, new() { Epochs = 1, BatchSize = 40, Callbacks = [watch] }, CancellationToken.None);
        wasCancelled.Should().BeFalse();
    }

    [Fact]
    public void Values_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => new EarlyStopping<float>(patience: 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("patience");
        FluentActions.Invoking(() => new ReduceOnPlateau<float>(factor: 1))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("factor");
        FluentActions.Invoking(() => new TimeBudget<float>(TimeSpan.Zero))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("budget");
    }

    private static Trainer<float> MakeTrainer(IOptimizer? optimizer = null) =>
        new(
            Network.Create<float>(2, seed: 1).Dense(6, new Tanh()).Dense(2).Build(),
            new SoftmaxCrossEntropy(),
            optimizer ?? new Adam(0.01));

    private sealed class Watch(Action<TrainingContext<float>> look) : ITrainingCallback<float>
    {
        public Action<TrainingContext<float>>? AtEnd { get; init; }

        public void OnBatchEnd(TrainingContext<float> context) => look(context);

        public void OnTrainingEnd(TrainingContext<float> context) => AtEnd?.Invoke(context);
    }

    /// <summary>The accuracy under another name.</summary>
    private sealed class NeverANumber : IMetric, IMetricAccumulator
    {
        public string Name => "nothing";

        public double Value => double.NaN;

        public IMetricAccumulator Start(OutputDescription outputs) => this;

        public void Add<T>(
            ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights = default)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
        }

        public void Reset()
        {
        }
    }

    private sealed class Log : ITrainingCallback<float>
    {
        public List<string> Lines { get; } = [];

        public (int Epoch, int Batch) StopAt { get; init; }

        public (int Epoch, int Batch) FailAt { get; init; }

        public void OnTrainingStart(TrainingContext<float> context) =>
            Lines.Add($"start {context.Epoch}.{context.Batch}");

        public void OnEpochStart(TrainingContext<float> context) => Lines.Add($"epoch {context.Epoch}.{context.Batch}");

        public void OnBatchStart(TrainingContext<float> context) => Lines.Add($"batch {context.Epoch}.{context.Batch}");

        public void OnBatchEnd(TrainingContext<float> context)
        {
            Lines.Add($"done {context.Epoch}.{context.Batch}");
            if ((context.Epoch, context.Batch) == StopAt)
            {
                context.Stop("enough");
                context.Stop("more than enough");
            }

            if ((context.Epoch, context.Batch) == FailAt)
            {
                throw new IOException();
            }
        }

        public void OnEpochEnd(TrainingContext<float> context, EpochResult result) =>
            Lines.Add($"end {result.Epoch} {result.IsComplete}");

        public void OnTrainingEnd(TrainingContext<float> context) => Lines.Add($"over {context.Epoch}.{context.Batch}");

        public void OnWarning(TrainingContext<float> context, TrainingWarning warning) =>
            Lines.Add($"warned {context.Epoch}.{context.Batch} {warning.Kind}");

        public void OnTrainingFailed(TrainingContext<float> context, Exception exception) =>
            Lines.Add($"failed {context.Epoch}.{context.Batch} {exception.GetType().Name}");
    }
}
