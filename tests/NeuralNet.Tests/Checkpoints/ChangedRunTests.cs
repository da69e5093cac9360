using NeuralNet.Activations;
using NeuralNet.Batches;
using NeuralNet.Callbacks;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Safetensors;
using NeuralNet.Schedules;
using NeuralNet.Training;

namespace NeuralNet.Tests.Checkpoints;

/// <summary>
/// A run that is resumed otherwise than it was begun: what can be added is added, all else is refused before anything
/// is changed.
/// </summary>
public sealed class ChangedRunTests : IDisposable
{
    private const int Before = 2;
    private const int Epochs = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoints-").FullName;

    public static TheoryData<string> Refused { get; } = new(
        "batch size", "shuffle", "schedule", "steps in all", "gradient clipping", "class weights", "augmentation",
        "accumulation steps", "training samples", "stream", "early stopping", "other early stopping", "plateau",
        "both callbacks", "unreadable log", "custom");

    public static TheoryData<string> Added { get; } = new(
        "metric", "no metric", "other order of metrics", "log", "no log", "second early stopping", "time budget",
        "no validation", "other order of callbacks", "threads", "metric to keep the best by");

    private string Run => Path.Combine(_folder, "run");

    private string Log => Path.Combine(_folder, "log.csv");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_go_on_is_refused_and_nothing_is_changed(string change)
    {
        float[] expected = Whole();
        Interrupt();
        string log = File.ReadAllText(Log);
        Trainer<float> trainer = MakeTrainer();
        trainer.Resume(Run).Should().NotBeNull();
        float[] parameters = ResumeTests.Parameters(trainer.Network);
        (long, int, int) counters = Counters(trainer);

        Exception exception = FluentActions.Invoking(() => FitChanged(trainer, change)).Should().Throw<Exception>()
            .Which;
        switch (change)
        {
            case "unreadable log":
                exception.Should().BeOfType<DirectoryNotFoundException>();
                break;
            case "custom":
                exception.Message.Should().Be("not today");
                break;
            default:
                exception.Should().BeOfType<CheckpointMismatchException>();
                exception.Message.Should().Match("*: * in the checkpoint, * here*trainer.StartFrom.");
                break;
        }

        File.ReadAllText(Log).Should().Be(log);
        ResumeTests.Parameters(trainer.Network).Should().Equal(parameters);
        Counters(trainer).Should().Be(counters);
        Directory.GetFiles(Run).Should().OnlyContain(path => path.EndsWith(".safetensors", StringComparison.Ordinal));

        // The run still waits, and goes on to the bit as without the mistake.
        TrainingHistory history = trainer.Fit(ResumeTests.Data<float>(), Options(Callbacks()));
        history.Epochs.Should().HaveCount(Epochs);
        ResumeTests.Parameters(trainer.Network).Should().Equal(expected);
        File.ReadAllLines(Log).Should().HaveCount(Epochs + 1);
    }

    [Theory]
    [MemberData(nameof(Added))]
    public void What_can_be_added_or_left_out_is(string change)
    {
        float[] expected = Whole();
        Interrupt();
        Trainer<float> trainer = MakeTrainer(threads: change == "threads" ? 3 : 1);
        trainer.Resume(Run).Should().NotBeNull();
        TrainingHistory history = FitChanged(trainer, change);
        history.Epochs.Should().HaveCount(Epochs);
        if (change != "no validation")
        {
            ResumeTests.Parameters(trainer.Network).Should().Equal(expected);
        }

        // And it can be interrupted and resumed once more.
        Trainer<float> again = MakeTrainer();
        again.Resume(Run).Should().NotBeNull();
        FitChanged(again, change).Epochs.Should().HaveCount(Epochs);
    }

    [Fact]
    public void A_metric_that_was_not_measured_before_is_NaN_there_and_has_a_column_in_the_log()
    {
        Interrupt();
        Trainer<float> trainer = MakeTrainer();
        trainer.Resume(Run);
        TrainingHistory history = FitChanged(trainer, "metric");
        history.Epochs.Select(epoch => double.IsNaN(epoch.Metrics["top_2_accuracy"]))
            .Should().Equal(Enumerable.Range(1, Epochs).Select(epoch => epoch <= Before));
        history.Epochs.Select(epoch => double.IsNaN(epoch.Metrics["accuracy"])).Should().AllBeEquivalentTo(false);
        string[] lines = File.ReadAllLines(Log);
        lines.Should().HaveCount(Epochs + 1);
        lines[0].Should().Be(
            "epoch,samples,seconds,learning_rate,loss,top_2_accuracy,accuracy,validation_loss,"
            + "validation_top_2_accuracy,validation_accuracy,outcome");
        lines[1].Split(',')[5].Should().BeEmpty();
        lines[1].Split(',')[6].Should().NotBeEmpty();
        lines[^1].Split(',').Should().HaveCount(11).And.NotContain("");
    }

    [Fact]
    public void A_metric_that_is_no_longer_measured_keeps_its_column()
    {
        Interrupt();
        Trainer<float> trainer = MakeTrainer();
        trainer.Resume(Run);
        FitChanged(trainer, "no metric");
        string[] lines = File.ReadAllLines(Log);
        lines[0].Should().Be(
            "epoch,samples,seconds,learning_rate,loss,accuracy,validation_loss,validation_accuracy,outcome");
        lines[1].Split(',').Should().HaveCount(9);
        lines[1].Split(',')[..^1].Should().NotContain("");
        lines[^1].Split(',')[5].Should().BeEmpty();
    }

    [Fact]
    public void A_run_without_validation_that_gets_one_has_empty_columns_before()
    {
        Interrupt(validates: false);
        Trainer<float> trainer = MakeTrainer();
        trainer.Resume(Run);
        trainer.Fit(ResumeTests.Data<float>(), Options(Callbacks()));
        string[] lines = File.ReadAllLines(Log);
        lines[0].Should().EndWith("validation_loss,validation_accuracy,outcome");
        lines[1].Should().EndWith(",,,");
        lines[^1].Split(',').Should().NotContain("");
    }

    [Fact]
    public void An_early_stopping_that_is_added_begins_with_the_resumed_run()
    {
        Interrupt();
        Trainer<float> trainer = MakeTrainer();
        trainer.Resume(Run);
        var added = new EarlyStopping<float>(1, MonitoredValue.Highest("accuracy"), minImprovement: 10);
        TrainingHistory history =
            trainer.Fit(ResumeTests.Data<float>(), Options([.. Callbacks(), added]));
        added.BestEpoch.Should().Be(Before + 1);
        history.Epochs.Should().HaveCount(Before + 2);
    }

    [Fact]
    public void Other_trainers_are_refused_and_are_as_they_were()
    {
        Interrupt();
        Refuses(new(MakeNetwork(), new SoftmaxCrossEntropy(), new Sgd(0.1), seed: 3), "optimizer");
        Refuses(new(MakeNetwork(), new SoftmaxCrossEntropy(), new Adam(0.02), seed: 3), "optimizer");
        Refuses(new(MakeNetwork(), new SoftmaxCrossEntropy(0.1), new Adam(0.01), seed: 3), "loss");
        Refuses(new(MakeNetwork(), new SoftmaxCrossEntropy(), new Adam(0.01), seed: 4), "seed");
        Refuses(new(MakeNetwork(hidden: 5), new SoftmaxCrossEntropy(), new Adam(0.01), seed: 3), "dense1.biases");

        void Refuses(Trainer<float> trainer, string setting)
        {
            float[] parameters = ResumeTests.Parameters(trainer.Network);
            trainer.Invoking(t => t.Resume(Run)).Should().Throw<CheckpointMismatchException>()
                .WithMessage($"*{setting}: * in the checkpoint, * here*StartFrom*");
            ResumeTests.Parameters(trainer.Network).Should().Equal(parameters);
            trainer.State.InterruptedRun.Should().BeNull();
            trainer.StepCount.Should().Be(0);
        }
    }

    [Fact]
    public void A_run_that_fails_or_is_cancelled_before_its_next_step_still_waits()
    {
        float[] expected = Whole();
        Interrupt();
        Trainer<float> trainer = MakeTrainer();
        trainer.Resume(Run);
        FluentActions.Invoking(() => FitChanged(trainer, "fails at the start")).Should().Throw<TimeoutException>();
        FluentActions.Invoking(() => FitChanged(trainer, "fails at the first batch"))
            .Should().Throw<TimeoutException>();
        trainer.Fit(ResumeTests.Data<float>(), Options(Callbacks()), new(canceled: true)).WasCancelled
            .Should().BeTrue();
        trainer.Fit(ResumeTests.Data<float>(), Options(Callbacks())).Epochs.Should().HaveCount(Epochs);
        ResumeTests.Parameters(trainer.Network).Should().Equal(expected);
    }

    [Fact]
    public void A_run_that_fails_after_a_step_does_not_wait()
    {
        Interrupt();
        Trainer<float> trainer = MakeTrainer();
        trainer.Resume(Run);
        FluentActions.Invoking(() => FitChanged(trainer, "fails at the second batch"))
            .Should().Throw<TimeoutException>();
        trainer.State.InterruptedRun.Should().BeNull();
    }

    [Fact]
    public void A_run_that_is_refused_does_not_cut_the_log_of_the_one_before()
    {
        MakeTrainer().Fit(ResumeTests.Data<float>(), Options(Callbacks()));
        string log = File.ReadAllText(Log);
        MakeTrainer().Invoking(t => t.Fit(ResumeTests.Data<float>(), Options(Callbacks())))
            .Should().Throw<InvalidOperationException>().WithMessage("*is of a run that is further*");
        File.ReadAllText(Log).Should().Be(log);
    }

    [Fact]
    public void Every_state_goes_to_the_callback_of_its_place()
    {
        Trainer<float> Make() => new(
            Network.Create<float>(6, seed: 1).Dense(10).Build(), new SoftmaxCrossEntropy(), new Sgd(0.1), threads: 1);
        FitOptions<float> Options(params ITrainingCallback<float>[] more) => new()
        {
            Epochs = 1,
            BatchSize = 50,
            Callbacks = [.. Enumerable.Range(0, 1000).Select(i => new Numbered(i)), .. more],
        };
        Make().Fit(ResumeTests.Data<float>(), Options(new Checkpointing<float>(Run)));
        Trainer<float> trainer = Make();
        trainer.Resume(Run).Should().NotBeNull();
        FitOptions<float> options = Options();
        trainer.Fit(ResumeTests.Data<float>(), options);
        options.Callbacks.Cast<Numbered>().Should().OnlyContain(callback => callback.Restored == callback.Number);
    }

    [Fact]
    public void Resuming_goes_through_the_tensors_once_however_many_callbacks_there_are()
    {
        const int Count = 2000;
        var tensors = new CountingTensors(Count);
        var run = new RunState<float>(
            new Dictionary<string, string>(),
            new(0, false, 0, 0, 0, double.NaN, 0, []),
            null,
            [.. Enumerable.Range(0, Count).Select(_ => KeyValuePair.Create("numbered", new CallbackState<float>()))]);
        CheckpointFile.ReadCallbacks(tensors, "file", run).Should().Be(Count);
        tensors.Seen.Should().Be(Count);
        run.Callbacks.Select(callback => callback.Value.Arrays["number"][0])
            .Should().Equal(Enumerable.Range(0, Count).Select(i => (float)i));
    }

    private float[] Whole()
    {
        Trainer<float> trainer = MakeTrainer();
        trainer.Fit(ResumeTests.Data<float>(), Options(Callbacks("whole")));
        return ResumeTests.Parameters(trainer.Network);
    }

    private void Interrupt(bool validates = true)
    {
        using var cancel = new CancellationTokenSource();
        MakeTrainer().Fit(
            ResumeTests.Data<float>(),
            Options([.. Callbacks(), new ResumeTests.StopAfter<float>((5 * Before) + 3, cancel)], validates: validates),
            cancel.Token);
    }

    private ITrainingCallback<float>[] Callbacks(string run = "run") =>
    [
        new CsvLog<float>(Path.Combine(_folder, run == "run" ? "log.csv" : run + ".csv")),
        new EarlyStopping<float>(50, restoreBest: false), new ReduceOnPlateau<float>(0.5, 50),
        new Checkpointing<float>(Path.Combine(_folder, run), keepBest: MonitoredValue.Loss),
    ];

    private TrainingHistory FitChanged(Trainer<float> trainer, string change)
    {
        ITrainingCallback<float>[] all = Callbacks();
        (ITrainingCallback<float> log, ITrainingCallback<float> stopping, ITrainingCallback<float> plateau) =
            (all[0], all[1], all[2]);
        var checkpoints = all[3];
        DataSet<float> data = ResumeTests.Data<float>();
        if (change == "training samples")
        {
            data = data.Split(0.9).Item1;
        }

        if (change == "stream")
        {
            return trainer.Fit(
                BatchSource.From<float>(
                    _ => [new Batch<float>(data.Inputs.ToMatrix(), data.Targets.ToMatrix())], batchesPerEpoch: 5),
                Options(all));
        }

        FitOptions<float> options = change switch
        {
            "batch size" => Options(all, batchSize: 7),
            "shuffle" => Options(all, shuffle: false),
            "schedule" => Options(all, schedule: new ExponentialDecay(0.9)),
            "steps in all" => Options(all, epochs: Epochs + 1),
            "gradient clipping" => Options(all, clipping: new ClipByGlobalNorm(1)),
            "class weights" => Options(all, classWeights: [1, 1, 1, 1, 1, 1, 1, 1, 1, 2]),
            "augmentation" => Options(all, augmentation: new ImageAugmentation(3, 2)),
            "accumulation steps" => Options(all, accumulation: 2),
            "early stopping" => Options([log, plateau, checkpoints]),
            "other early stopping" => Options([log, new EarlyStopping<float>(51, restoreBest: false), plateau]),
            "plateau" => Options([log, stopping, checkpoints]),
            "both callbacks" => Options([log, checkpoints]),
            "unreadable log" => Options([.. all, new CsvLog<float>(Path.Combine(_folder, "nowhere", "log.csv"))]),
            "custom" => Options([.. all, new Refusing()]),
            "metric" => Options(all, metrics: [new TopKAccuracy(2), new Accuracy()]),
            "no metric" => Options(all, metrics: []),
            "other order of metrics" => Options(all, metrics: [new TopKAccuracy(2), new Accuracy()]),
            "log" => Options([.. all, new CsvLog<float>(Path.Combine(_folder, "second.csv"))]),
            "no log" => Options([stopping, plateau, checkpoints]),
            "second early stopping" => Options([.. all, new EarlyStopping<float>(40, restoreBest: false)]),
            "time budget" => Options([.. all, new TimeBudget<float>(TimeSpan.FromHours(1))]),
            "no validation" => Options(all, validates: false),
            "other order of callbacks" => Options([checkpoints, plateau, stopping, log]),
            "metric to keep the best by" => Options(
                [
                    log, stopping, plateau,
                    new Checkpointing<float>(Run, keepBest: MonitoredValue.Highest("top_2_accuracy")),
                ],
                metrics: [new TopKAccuracy(2)]),
            "fails at the start" => Options([.. all, new Failing(atBatch: 0)]),
            "fails at the first batch" => Options([.. all, new Failing(atBatch: 1)]),
            "fails at the second batch" => Options([.. all, new Failing(atBatch: 2)]),
            _ => Options(all),
        };
        return trainer.Fit(data, options);
    }

    private static FitOptions<float> Options(
        IReadOnlyList<ITrainingCallback<float>> callbacks,
        int epochs = Epochs,
        int batchSize = 10,
        bool shuffle = true,
        int accumulation = 1,
        bool validates = true,
        IGradientClipping? clipping = null,
        ILearningRateSchedule? schedule = null,
        IAugmentation? augmentation = null,
        double[]? classWeights = null,
        IMetric[]? metrics = null) => new()
        {
            Epochs = epochs,
            BatchSize = batchSize,
            Shuffle = shuffle,
            AccumulationSteps = accumulation,
            GradientClipping = clipping,
            Schedule = schedule ?? new CosineDecay(),
            Augmentation = augmentation,
            ClassWeights = classWeights,
            Metrics = metrics ?? [new Accuracy()],
            Validation = validates ? ResumeTests.Data<float>() : null,
            Callbacks = callbacks,
        };

    private static (long, int, int) Counters(Trainer<float> trainer) =>
        (trainer.StepCount, trainer.EpochCount, trainer.State.EpochsBegun);

    private static Network<float> MakeNetwork(int hidden = 4) =>
        Network.Create<float>(6, seed: 1).Dense(hidden, new Tanh()).Dense(10).Build();

    private static Trainer<float> MakeTrainer(int threads = 1) =>
        new(MakeNetwork(), new SoftmaxCrossEntropy(), new Adam(0.01), seed: 3, threads: threads);

    private sealed class Refusing : ITrainingCallback<float>
    {
        public void Check(TrainingContext<float> context) => throw new NotSupportedException("not today");
    }

    private sealed class Failing(int atBatch) : ITrainingCallback<float>
    {
        private int _batches;

        public void OnTrainingStart(TrainingContext<float> context) => FailAt(0);

        public void OnBatchStart(TrainingContext<float> context) => FailAt(++_batches);

        private void FailAt(int batch)
        {
            if (batch == atBatch)
            {
                throw new TimeoutException();
            }
        }
    }

    private sealed class Numbered(int number) : ITrainingCallback<float>, IResumableCallback<float>
    {
        public int Number => number;

        public float Restored { get; private set; } = -1;

        public string Key => "numbered";

        public void WriteSettings(NeuralNet.Kinds.SettingsWriter settings)
        {
        }

        public CallbackState<float> SaveState()
        {
            var state = new CallbackState<float>();
            state.Arrays["number"] = [number];
            return state;
        }

        public void RestoreState(TrainingContext<float> context, CallbackState<float> state) =>
            Restored = state.Arrays["number"][0];
    }

    /// <summary>A tensor for each callback, which counts how many are looked at.</summary>
    private sealed class CountingTensors(int count) : IReadOnlyDictionary<string, NamedTensor<float>>
    {
        public int Seen { get; private set; }

        public int Count => count;

        public IEnumerable<string> Keys => this.Select(tensor => tensor.Key);

        public IEnumerable<NamedTensor<float>> Values => this.Select(tensor => tensor.Value);

        public NamedTensor<float> this[string key] => this.First(tensor => tensor.Key == key).Value;

        public bool ContainsKey(string key) => Keys.Contains(key);

        public bool TryGetValue(string key, out NamedTensor<float> value) => throw new NotSupportedException();

        public IEnumerator<KeyValuePair<string, NamedTensor<float>>> GetEnumerator()
        {
            for (int i = 0; i < count; i++)
            {
                Seen++;
                string name = $"callback/{i}/number";
                yield return new(name, new(name, [i], [1]));
            }
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
