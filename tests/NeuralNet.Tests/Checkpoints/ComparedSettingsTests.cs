using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Callbacks;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Kinds;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Randomness;
using NeuralNet.Schedules;
using NeuralNet.Tests.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Tests.Checkpoints;

/// <summary>
/// All that decides what a run computes is compared when the run is resumed, one's own strategies included: each is
/// described with its settings, or refused by name.
/// </summary>
public sealed class ComparedSettingsTests : IDisposable
{
    private static readonly ModelKinds _kinds = new ModelKinds()
        .WithActivation<Cubic>("cubic", s => new())
        .WithLoss<Mine>("mine", Mine.Describe)
        .WithOptimizer<Mine>("mine", Mine.Describe)
        .WithSchedule<Mine>("mine", Mine.Describe)
        .WithClipping<Mine>("mine", Mine.Describe)
        .WithAugmentation<Mine>("mine", Mine.Describe);

    private static readonly IMetric[] _metrics = [new RenamedAccuracy("a"), new RenamedAccuracy("loss")];

    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoints-").FullName;

    public static TheoryData<string> OfTrainers { get; } = new("loss", "optimizer", "activation");

    public static TheoryData<string> OfRuns { get; } = new("schedule", "clipping", "augmentation");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(OfTrainers))]
    [MemberData(nameof(OfRuns))]
    public void What_is_not_registered_is_refused_before_the_first_step(string role)
    {
        Type type = role == "activation" ? typeof(Cubic) : typeof(Mine);
        string method = $"With{char.ToUpperInvariant(role[0])}{role[1..]}(\"{type.Name}\", …)";
        Trainer<float> trainer = MakeTrainer(role, 1, kinds: null);
        trainer.Invoking(t => t.Fit(ResumeTests.Data<float>(), Options(role, 1, new Checkpointing<float>(_folder))))
            .Should().Throw<InvalidOperationException>().WithMessage(
                $"The {role} {type} cannot be part of a training that is resumed from checkpoints, as it is not "
                + $"registered: register it, new ModelKinds().{method}, and pass these kinds to the constructor of "
                + "Trainer. *");
        trainer.StepCount.Should().Be(0);
        Directory.GetFiles(_folder).Should().BeEmpty();

        // Without checkpoints there is nothing to compare.
        MakeTrainer(role, 1, kinds: null).Fit(ResumeTests.Data<float>(), Options(role, 1)).Epochs.Should().HaveCount(2);
    }

    [Fact]
    public void A_layer_that_is_not_registered_is_refused_before_the_first_step()
    {
        Network<float> network = Network.Create<float>(6, seed: 1)
            .Add(size => new Gain<float>(2, new Dense<float>(size, 10)))
            .Build();
        new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam())
            .Invoking(t => t.Fit(ResumeTests.Data<float>(), new() { Callbacks = [new Checkpointing<float>(_folder)] }))
            .Should().Throw<InvalidOperationException>()
            .WithMessage("The layer NeuralNet.Tests.Serialization.Gain*new ModelKinds().WithLayer(\"gain\", …)*");
    }

    [Theory]
    [MemberData(nameof(OfTrainers))]
    public void A_trainer_with_parts_that_are_not_registered_is_not_resumed(string role)
    {
        Interrupt(role, 1);
        Trainer<float> trainer = MakeTrainer(role, 1, kinds: null);
        float[] before = ResumeTests.Parameters(trainer.Network);
        trainer.Invoking(t => t.Resume(_folder))
            .Should().Throw<InvalidOperationException>().WithMessage($"The {role} *not registered*")
            .Which.Should().NotBeOfType<CheckpointMismatchException>();
        ResumeTests.Parameters(trainer.Network).Should().Equal(before);
        Directory.GetFiles(_folder, "*.damaged").Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(OfTrainers))]
    [MemberData(nameof(OfRuns))]
    public void A_run_with_strategies_of_ones_own_goes_on_with_the_same_settings(string role)
    {
        Trainer<float> whole = MakeTrainer(role, 1, _kinds);
        whole.Fit(ResumeTests.Data<float>(), Options(role, 1));

        Interrupt(role, 1);
        Trainer<float> resumed = MakeTrainer(role, 1, _kinds);
        resumed.Resume(_folder).Should().NotBeNull();
        resumed.Fit(ResumeTests.Data<float>(), Options(role, 1, new Checkpointing<float>(_folder)));
        ResumeTests.Parameters(resumed.Network).Should().Equal(ResumeTests.Parameters(whole.Network));
    }

    [Theory]
    [InlineData("loss")]
    [InlineData("optimizer")]
    public void A_trainer_with_other_settings_is_not_resumed(string role)
    {
        Interrupt(role, 1);
        MakeTrainer(role, 0.5, _kinds).Invoking(t => t.Resume(_folder)).Should().Throw<CheckpointMismatchException>()
            .WithMessage(
                $"*: {role}: mine {{\"size\":1}} in the checkpoint, mine {{\"size\":0.5}} here. "
                + "A new run from it*: trainer.StartFrom. Its parameters alone *LoadParameters.");

        // A new run may have another loss and other rates.
        MakeTrainer(role, 0.5, _kinds).StartFrom(_folder).Should().NotBeNull();
    }

    [Theory]
    [InlineData("schedule", "schedule")]
    [InlineData("clipping", "gradient clipping")]
    [InlineData("augmentation", "augmentation")]
    public void A_run_does_not_go_on_with_other_settings(string role, string setting)
    {
        Interrupt(role, 1);
        Trainer<float> resumed = MakeTrainer(role, 1, _kinds);
        resumed.Resume(_folder);
        resumed.Invoking(t => t.Fit(ResumeTests.Data<float>(), Options(role, 0.5)))
            .Should().Throw<InvalidOperationException>()
            .WithMessage(
                $"*: {setting}: mine {{\"size\":1}} in the checkpoint, mine {{\"size\":0.5}} here. "
                + "*trainer.StartFrom.");

        // The run is not lost by the mistake: with the right settings it goes on where it was.
        TrainingHistory history = resumed.Fit(ResumeTests.Data<float>(), Options(role, 1));
        history.Epochs.Should().HaveCount(Options(role, 1).Epochs);
        resumed.EpochCount.Should().Be(Options(role, 1).Epochs);
    }

    [Fact]
    public void A_new_run_needs_the_name_of_the_optimizer_only()
    {
        Interrupt("loss", 1);
        MakeTrainer("loss", 1, kinds: null).StartFrom(_folder).Should().NotBeNull();
        MakeTrainer("optimizer", 1, kinds: null).Invoking(t => t.StartFrom(_folder))
            .Should().Throw<InvalidOperationException>()
            .WithMessage("The optimizer *Mine*WithOptimizer*");
    }

    [Fact]
    public void Another_augmentation_of_images_is_refused()
    {
        Interrupt(new() { Epochs = 2, BatchSize = 10, Augmentation = new ImageAugmentation(3, 2) { MaxShift = 1 } });
        Trainer<float> resumed = MakeTrainer("none", 1, kinds: null);
        resumed.Resume(_folder);
        FitOptions<float> other = new()
        {
            Epochs = 2,
            BatchSize = 10,
            Augmentation = new ImageAugmentation(3, 2) { MaxShift = 2 },
        };
        resumed.Invoking(t => t.Fit(ResumeTests.Data<float>(), other))
            .Should().Throw<InvalidOperationException>()
            .WithMessage(
                "*augmentation: ImageAugmentation {*\"channels\":1,\"maxShift\":1,*} in the checkpoint, "
                + "ImageAugmentation {*\"channels\":1,\"maxShift\":2,*} here*");
    }

    [Fact]
    public void Callbacks_that_remember_go_on_with_their_settings_only()
    {
        RequireRefused(
            new EarlyStopping<float>(3),
            new EarlyStopping<float>(4),
            "earlyStopping: {\"patience\":3,*\"patience\":4,*");
        RequireRefused(
            new EarlyStopping<float>(3),
            new EarlyStopping<float>(3, MonitoredValue.Lowest("loss")),
            "earlyStopping: *\"monitor\":\"loss\",*\"monitor\":\"lowest loss\",*");
        RequireRefused(
            new EarlyStopping<float>(3, MonitoredValue.Lowest("a")),
            new EarlyStopping<float>(3, MonitoredValue.Highest("a")),
            "earlyStopping: *\"lowest a\"*\"highest a\"*");
        RequireRefused(
            new EarlyStopping<float>(3),
            new EarlyStopping<float>(3, minImprovement: 0.1),
            "earlyStopping: *\"minImprovement\":0,*\"minImprovement\":0.1,*");
        RequireRefused(
            new EarlyStopping<float>(3),
            new EarlyStopping<float>(3, restoreBest: false),
            "earlyStopping: *\"restoreBest\":true*\"restoreBest\":false*");
        foreach (ReduceOnPlateau<float> other in new ReduceOnPlateau<float>[]
        {
            new(0.2), new(patience: 11), new(monitor: MonitoredValue.Highest("a")), new(minImprovement: 0.5),
            new(cooldown: 1), new(minLearningRateFactor: 0.1),
        })
        {
            RequireRefused(
                new ReduceOnPlateau<float>(),
                other,
                "reduceOnPlateau: {\"factor\":0.1,\"patience\":10,\"monitor\":\"loss\",\"minImprovement\":0.0001,"
                + "\"cooldown\":0,\"minLearningRateFactor\":0} *");
        }

        RequireRefused(
            new Remembering(1), new Remembering(2), "remembering: {\"size\":1} in the checkpoint, {\"size\":2} here*");
    }

    private void RequireRefused(ITrainingCallback<float> before, ITrainingCallback<float> after, string message)
    {
        foreach (string path in Directory.GetFiles(_folder))
        {
            File.Delete(path);
        }

        Interrupt(new() { Epochs = 2, BatchSize = 10, Callbacks = [before] });
        Trainer<float> resumed = MakeTrainer("none", 1, kinds: null);
        resumed.Resume(_folder);
        FitOptions<float> options = new() { Epochs = 2, BatchSize = 10, Metrics = _metrics, Callbacks = [after] };
        resumed.Invoking(t => t.Fit(ResumeTests.Data<float>(), options))
            .Should().Throw<InvalidOperationException>().WithMessage("*: callback 1, " + message);
    }

    /// <summary>A metric of some name, for a callback to watch.</summary>
    /// <summary>Leaves the checkpoint of a run that was interrupted within its first epoch.</summary>
    private void Interrupt(string role, double size) => Interrupt(Options(role, size), MakeTrainer(role, size, _kinds));

    private void Interrupt(FitOptions<float> options, Trainer<float>? trainer = null)
    {
        using var cancel = new CancellationTokenSource();
        (trainer ?? MakeTrainer("none", 1, kinds: null)).Fit(
            ResumeTests.Data<float>(),
            new()
            {
                Epochs = options.Epochs,
                BatchSize = options.BatchSize,
                Schedule = options.Schedule,
                GradientClipping = options.GradientClipping,
                Augmentation = options.Augmentation,
                Metrics = _metrics,
                Callbacks =
                [
                    .. options.Callbacks, new Checkpointing<float>(_folder),
                    new ResumeTests.StopAfter<float>(3, cancel),
                ],
            },
            cancel.Token);
    }

    private static Trainer<float> MakeTrainer(string role, double size, ModelKinds? kinds) => new(
        Network.Create<float>(6, seed: 1).Dense(8, role == "activation" ? new Cubic() : new Tanh()).Dense(10).Build(),
        role == "loss" ? new Mine(size) : new SoftmaxCrossEntropy(),
        role == "optimizer" ? new Mine(size) : new Adam(),
        threads: 1,
        kinds: kinds);

    private static FitOptions<float> Options(
        string role, double size, params ITrainingCallback<float>[] callbacks) => new()
        {
            Epochs = 2,
            BatchSize = 10,
            Schedule = role == "schedule" ? new Mine(size) : null,
            GradientClipping = role == "clipping" ? new Mine(size) : null,
            Augmentation = role == "augmentation" ? new Mine(size) : null,
            Callbacks = callbacks,
        };

    /// <summary>A strategy of every role of training, with a setting.</summary>
    private sealed class Mine(double size) : ILoss, IOptimizer, ILearningRateSchedule, IGradientClipping, IAugmentation
    {
        private static readonly SoftmaxCrossEntropy _loss = new();

        public string Name => "mine";

        public LossInput Input => LossInput.Any;

        public double LearningRate => 0.01;

        public int SlotCount => 0;

        public double Size { get; } = size;

        public static Mine Describe(Settings<Mine> s) => new(s.Number("size", mine => mine.Size));

        public void Compute<T>(
            ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
            where T : unmanaged, IFloatingPointIeee754<T> => _loss.Compute(outputs, targets, losses, gradient);

        public void Update<T>(Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] -= T.CreateChecked(step.LearningRate * Size) * gradient[i];
            }
        }

        public double Factor(long step, long totalSteps) => Size;

        public void Clip<T>(GradientSet<T> gradients)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
        }

        public void Apply<T>(MatrixSpan<T> inputs, MatrixSpan<T> targets, RandomStream random)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int i = 0; i < inputs.Values.Length; i++)
            {
                inputs.Values[i] *= T.CreateChecked(Size);
            }
        }
    }

    private sealed class Remembering(int size) : ITrainingCallback<float>, IResumableCallback<float>
    {
        public string Key => "remembering";

        public void WriteSettings(SettingsWriter settings) => settings.Integer("size", size);

        public CallbackState<float> SaveState() => new();

        public void RestoreState(TrainingContext<float> context, CallbackState<float> state)
        {
        }
    }
}
