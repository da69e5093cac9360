using NeuralNet.Activations;
using NeuralNet.Callbacks;
using NeuralNet.Checkpoints;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Safetensors;
using NeuralNet.Schedules;
using NeuralNet.Serialization;
using NeuralNet.Tests.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Checkpoints;

/// <summary>
/// What comes after a run: more epochs, a run of its own from where the first one ended, its parameters elsewhere.
/// </summary>
public sealed class StartFromTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoints-").FullName;

    public static TheoryData<string> Optimizers { get; } = new(OptimizerCatalogue.Names);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_new_run_from_a_checkpoint_is_to_the_bit_a_second_Fit(string optimizer)
    {
        // The first run has more than the parameters to hand on: what the optimizer remembers, and a lowered rate.
        Trainer<float> whole = ResumeTests.MakeTrainer<float>(OptimizerCatalogue.All[optimizer], threads: 1);
        whole.LearningRateFactor = 0.5;
        whole.Fit(ResumeTests.Data<float>(), ResumeTests.Options<float>(1, [new Checkpointing<float>(_folder)]));
        TrainingHistory expected = whole.Fit(ResumeTests.Data<float>(), Second());

        Trainer<float> started = ResumeTests.MakeTrainer<float>(OptimizerCatalogue.All[optimizer], threads: 2);
        started.StartFrom(_folder).Should().Be(Path.Combine(_folder, "checkpoint-0000000020.safetensors"));
        TrainingHistory history = started.Fit(ResumeTests.Data<float>(), Second());

        ResumeTests.Parameters(started.Network).Should().Equal(ResumeTests.Parameters(whole.Network));
        history.Epochs.Select(epoch => epoch.Loss).Should().Equal(expected.Epochs.Select(epoch => epoch.Loss));
        (started.StepCount, started.EpochCount).Should().Be((whole.StepCount, whole.EpochCount));

        static FitOptions<float> Second() => new() { Epochs = 3, BatchSize = 7, Schedule = new ExponentialDecay(0.9) };
    }

    [Fact]
    public void A_new_run_can_be_interrupted_and_resumed_in_a_folder_of_its_own()
    {
        string first = Path.Combine(_folder, "first");
        Trainer<double> whole = Make();
        whole.Fit(ResumeTests.Data<double>(), ResumeTests.Options<double>(1, [new Checkpointing<double>(first)]));
        whole.Fit(ResumeTests.Data<double>(), ResumeTests.Options<double>(1, []));

        string second = Path.Combine(_folder, "second");
        Trainer<double> trainer;
        TrainingHistory history;
        int runs = 0;
        do
        {
            trainer = Make();
            if (trainer.Resume(second) is null)
            {
                trainer.StartFrom(first);
            }

            using var cancel = new CancellationTokenSource();
            history = trainer.Fit(
                ResumeTests.Data<double>(),
                ResumeTests.Options<double>(
                    1, [new Checkpointing<double>(second), new ResumeTests.StopAfter<double>(7, cancel)]),
                cancel.Token);
            runs++;
        }
        while (history.WasCancelled);

        runs.Should().Be(3);
        history.Epochs.Should().HaveCount(4);
        ResumeTests.Parameters(trainer.Network).Should().Equal(ResumeTests.Parameters(whole.Network));

        static Trainer<double> Make() => ResumeTests.MakeTrainer<double>(new Adam(0.01), threads: 1);
    }

    [Fact]
    public void A_finished_run_without_a_schedule_may_be_given_more_epochs()
    {
        Trainer<float> whole = MakeTrainer(new Adam());
        whole.Fit(ResumeTests.Data<float>(), new() { Epochs = 5 });
        MakeTrainer(new Adam())
            .Fit(ResumeTests.Data<float>(), new() { Epochs = 2, Callbacks = [new Checkpointing<float>(_folder)] });

        Trainer<float> resumed = MakeTrainer(new Adam());
        resumed.Resume(_folder);
        resumed.Fit(ResumeTests.Data<float>(), new() { Epochs = 5 }).Epochs.Should().HaveCount(5);
        ResumeTests.Parameters(resumed.Network).Should().Equal(ResumeTests.Parameters(whole.Network));
    }

    [Fact]
    public void With_a_schedule_more_epochs_are_refused_with_what_to_do()
    {
        MakeTrainer(new Adam()).Fit(
            ResumeTests.Data<float>(),
            new() { Epochs = 2, Schedule = new CosineDecay(), Callbacks = [new Checkpointing<float>(_folder)] });

        Trainer<float> resumed = MakeTrainer(new Adam());
        resumed.Resume(_folder);
        resumed.Invoking(t => t.Fit(ResumeTests.Data<float>(), new() { Epochs = 5, Schedule = new CosineDecay() }))
            .Should().Throw<InvalidOperationException>()
            .WithMessage(
                "*: steps in all: 4 in the checkpoint, 10 here. *begin a new run from the checkpoint with "
                + "trainer.StartFrom.");
    }

    [Fact]
    public void A_new_run_may_have_another_loss_rate_and_seed_and_frozen_parameters()
    {
        Trainer<float> first = MakeTrainer(new Adam(0.01));
        first.Fit(ResumeTests.Data<float>(), new() { Epochs = 2, Callbacks = [new Checkpointing<float>(_folder)] });

        Network<float> network = MakeNetwork();
        network.Layers[0].Freeze();
        var second = new Trainer<float>(
            network, new SoftmaxCrossEntropy(labelSmoothing: 0.1), new Adam(0.001), seed: 99);
        second.Invoking(t => t.Resume(_folder))
            .Should().Throw<CheckpointMismatchException>().Which.Message.Should().Contain("trainer.StartFrom");
        second.StartFrom(_folder);

        ResumeTests.Parameters(network).Should().Equal(ResumeTests.Parameters(first.Network));
        second.Fit(ResumeTests.Data<float>(), new() { Epochs = 1 }).Epochs.Should().ContainSingle();
        network.Parameters[0].Values.ToArray().Should().Equal(first.Network.Parameters[0].Values.ToArray());
        network.Parameters[2].Values.ToArray().Should().NotEqual(first.Network.Parameters[2].Values.ToArray());
    }

    [Fact]
    public void Another_network_kind_of_optimizer_or_precision_is_refused_and_the_trainer_is_as_it_was()
    {
        MakeTrainer(new Adam())
            .Fit(ResumeTests.Data<float>(), new() { Epochs = 2, Callbacks = [new Checkpointing<float>(_folder)] });

        Refuses(MakeTrainer(new Sgd(0.1)), "*optimizer: Adam in the checkpoint, Sgd here. *network.LoadParameters*");
        Refuses(
            new Trainer<float>(MakeNetwork(hidden: 9), new SoftmaxCrossEntropy(), new Adam()),
            "*dense1.weights: 8 × 6 in the checkpoint, 9 × 6 here*");
        Refuses(
            ResumeTests.MakeTrainer<double>(new Adam(), threads: 1),
            "*precision: Single in the checkpoint, Double here*");

        void Refuses<T>(Trainer<T> trainer, string message)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            T[] before = ResumeTests.Parameters(trainer.Network);
            trainer.Invoking(t => t.StartFrom(_folder))
                .Should().Throw<CheckpointMismatchException>().WithMessage(message);
            ResumeTests.Parameters(trainer.Network).Should().Equal(before);
            trainer.StepCount.Should().Be(0);
        }
    }

    [Fact]
    public void A_folder_gives_its_newest_whole_checkpoint_and_is_left_as_it_is()
    {
        MakeTrainer(new Adam())
            .Fit(ResumeTests.Data<float>(), new() { Epochs = 3, Callbacks = [new Checkpointing<float>(_folder)] });
        string[] paths = [.. Directory.GetFiles(_folder).Order()];
        File.WriteAllBytes(paths[1], File.ReadAllBytes(paths[1])[..500]);

        MakeTrainer(new Adam()).StartFrom(_folder).Should().Be(paths[0]);
        Directory.GetFiles(_folder).Order().Should().Equal(paths);
        MakeTrainer(new Adam()).Invoking(t => t.StartFrom(paths[1]))
            .Should().Throw<InvalidDataException>().WithMessage($"'{paths[1]}' is truncated*");

        File.WriteAllBytes(paths[0], []);
        MakeTrainer(new Adam()).Invoking(t => t.StartFrom(_folder))
            .Should().Throw<InvalidDataException>().WithMessage("No checkpoint in*");
    }

    [Fact]
    public void Nothing_to_start_from_is_an_error()
    {
        string nowhere = Path.Combine(_folder, "no", "where");
        MakeTrainer(new Adam()).Invoking(t => t.StartFrom(_folder))
            .Should().Throw<FileNotFoundException>().WithMessage($"There is no checkpoint in '{_folder}'.");
        MakeTrainer(new Adam()).Invoking(t => t.StartFrom(nowhere))
            .Should().Throw<FileNotFoundException>().WithMessage($"There is no checkpoint '{nowhere}', *");
    }

    [Fact]
    public void The_parameters_of_a_checkpoint_fill_any_network_of_their_shapes()
    {
        // Adam and early stopping both leave tensors of their own in the file.
        Trainer<float> trainer = MakeTrainer(new Adam());
        trainer.Fit(
            ResumeTests.Data<float>(),
            new()
            {
                Epochs = 3,
                Callbacks =
                [
                    new Checkpointing<float>(_folder, keepBest: MonitoredValue.Loss),
                    new EarlyStopping<float>(restoreBest: true),
                ],
            });
        string best = Path.Combine(_folder, "best.safetensors");
        Trainer<float> expected = MakeTrainer(new Adam());
        expected.StartFrom(best);

        Network<float> network = MakeNetwork(seed: 77);
        network.LoadParameters(best);
        ResumeTests.Parameters(network).Should().Equal(ResumeTests.Parameters(expected.Network));

        Network<double> wide = Network.Create<double>(6, seed: 3).Dense(8, new Tanh()).Dense(10).Build();
        using FileStream stream = File.OpenRead(best);
        wide.LoadParameters(stream);
        ResumeTests.Parameters(wide).Should().Equal(ResumeTests.Parameters(network).Select(value => (double)value));

        FluentActions.Invoking(() => Network.Load<float>(best)).Should().Throw<InvalidDataException>()
            .WithMessage(
                "*it is a checkpoint. Build the network first and fill it with LoadParameters, or train on with "
                + "trainer.Resume*");
    }

    [Fact]
    public void What_only_a_checkpoint_may_hold_is_refused_elsewhere()
    {
        using var stream = new MemoryStream();
        Network<float> network = MakeNetwork();
        TensorArchive.Write(
            stream,
            new Dictionary<string, string>(),
            [.. network.Parameters.Select(p => new NamedTensor<float>(p.Name, p.Array, p.Shape)),
                new NamedTensor<float>("optimizer/dense1.weights", [1], [1])]);
        stream.Position = 0;

        network.Invoking(n => n.LoadParameters(stream)).Should().Throw<InvalidDataException>()
            .WithMessage("*holds 'optimizer/dense1.weights'*no parameter of that name.");
    }

    private static Network<float> MakeNetwork(int hidden = 8, int seed = 1) =>
        Network.Create<float>(6, seed).Dense(hidden, new Tanh()).Dense(10).Build();

    private static Trainer<float> MakeTrainer(IOptimizer optimizer) =>
        new(MakeNetwork(), new SoftmaxCrossEntropy(), optimizer);
}
