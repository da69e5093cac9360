using System.Buffers.Binary;
using System.Text;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Batches;
using NeuralNet.Callbacks;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Files;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Tests.Checkpoints;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoints-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_last_ones_and_the_best_are_kept()
    {
        TrainingHistory history = MakeTrainer().Fit(
            Data(),
            new()
            {
                Epochs = 6,
                BatchSize = 10,
                Validation = Data(),
                Callbacks = [new Checkpointing<float>(_folder, keepLast: 3, keepBest: MonitoredValue.Loss)],
            });
        Names()
            .Should().Equal(
                "best.safetensors", "checkpoint-0000000020.safetensors", "checkpoint-0000000025.safetensors",
                "checkpoint-0000000030.safetensors");

        Trainer<float> best = MakeTrainer();
        best.ResumeFrom(Path.Combine(_folder, "best.safetensors"));
        best.Evaluate(Data()).Loss.Should().Be(history.Epochs.Min(epoch => epoch.Validation!.Loss));
    }

    [Fact]
    public void Checkpoints_can_be_rarer_than_epochs_or_by_time()
    {
        MakeTrainer().Fit(
            Data(),
            new()
            {
                Epochs = 7,
                BatchSize = 10,
                Callbacks = [new Checkpointing<float>(_folder, everyEpochs: 3, keepLast: 9)],
            });
        // Of the last epoch there is one whatever it says.
        Names()
            .Should().Equal(
                "checkpoint-0000000015.safetensors", "checkpoint-0000000030.safetensors",
                "checkpoint-0000000035.safetensors");

        string byTime = Path.Combine(_folder, "time");
        MakeTrainer().Fit(
            Data(),
            new()
            {
                Epochs = 1,
                BatchSize = 10,
                AccumulationSteps = 2,
                Callbacks = [new Checkpointing<float>(byTime, everyEpochs: null, every: TimeSpan.Zero, keepLast: 9)],
            });
        Directory.GetFiles(byTime).Should().HaveCount(3, "there are three steps, and a checkpoint is of whole steps");
    }

    [Fact]
    public void The_best_is_still_the_best_after_an_interruption()
    {
        // Held against the opposite labels, every epoch is worse than the one before.
        DataSet<float> opposite = new(Data().Inputs.ToMatrix(), 1 - Data().Targets.ToMatrix());
        FitOptions<float> Options(params ITrainingCallback<float>[] more) => new()
        {
            Epochs = 6,
            BatchSize = 10,
            Validation = opposite,
            Callbacks = [new Checkpointing<float>(_folder, keepBest: MonitoredValue.Loss), .. more],
        };
        using var cancel = new CancellationTokenSource();
        MakeTrainer().Fit(Data(), Options(new ResumeTests.StopAfter<float>(13, cancel)), cancel.Token);
        Trainer<float> resumed = MakeTrainer();
        resumed.Resume(_folder).Should().NotBeNull();
        double[] losses = [.. resumed.Fit(Data(), Options()).Epochs.Select(epoch => epoch.Validation!.Loss)];
        losses.Should().HaveCount(6).And.BeInAscendingOrder();

        Trainer<float> best = MakeTrainer();
        best.ResumeFrom(Path.Combine(_folder, "best.safetensors"));
        best.StepCount.Should().Be(5);
        best.Evaluate(opposite).Loss.Should().Be(losses[0]);
    }

    [Fact]
    public void A_first_checkpoint_that_fails_has_none_before_it()
    {
        var breaker = new Breaker(_folder, atEpoch: 1);
        MakeTrainer().Invoking(
            t => t.Fit(Data(), new() { Epochs = 1, Callbacks = [breaker, new Checkpointing<float>(_folder)] }))
            .Should().Throw<IOException>()
            .WithMessage("The checkpoint '*' could not be written*There is none before it.");
        breaker.Mend();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_folder_that_is_a_file_is_refused_before_the_first_step(bool continueOnFailure)
    {
        string taken = Path.Combine(_folder, "taken");
        string log = Path.Combine(_folder, "log.csv");
        File.WriteAllText(taken, "mine");
        File.WriteAllText(log, "the log of the run before");
        Trainer<float> trainer = MakeTrainer();
        var checkpoints = new Checkpointing<float>(taken) { ContinueOnFailure = continueOnFailure };
        trainer.Invoking(t => t.Fit(Data(), new() { Callbacks = [new CsvLog<float>(log), checkpoints] }))
            .Should().Throw<IOException>()
            .WithMessage($"The folder of the checkpoints, '{taken}', is a file: name a folder*");
        trainer.StepCount.Should().Be(0);
        File.ReadAllText(taken).Should().Be("mine");
        File.ReadAllText(log).Should().Be("the log of the run before");

        // Within a file there is no folder, either.
        checkpoints = new Checkpointing<float>(Path.Combine(taken, "in")) { ContinueOnFailure = continueOnFailure };
        if (continueOnFailure)
        {
            trainer.Fit(Data(), new() { Epochs = 1, Callbacks = [checkpoints] }).Epochs.Should().ContainSingle();
            checkpoints.LastFailure.Should().NotBeNull();
            return;
        }

        trainer.Invoking(t => t.Fit(Data(), new() { Callbacks = [new CsvLog<float>(log), checkpoints] }))
            .Should().Throw<IOException>().WithMessage($"*'{taken}{Path.DirectorySeparatorChar}in'*");
        trainer.StepCount.Should().Be(0);
        File.ReadAllText(log).Should().Be("the log of the run before");
    }

    [Fact]
    public void A_source_that_lost_batches_cannot_go_on()
    {
        IEnumerable<Batch<float>> Batches(int count) => Enumerable.Range(0, count).Select(i => new Batch<float>(
            Data().Inputs.ColumnRange(10 * i, 10).ToMatrix(), Data().Targets.ColumnRange(10 * i, 10).ToMatrix()));
        using var cancel = new CancellationTokenSource();
        MakeTrainer().Fit(
            BatchSource.From(_ => Batches(5)),
            new()
            {
                Epochs = 2,
                Callbacks = [new Checkpointing<float>(_folder), new ResumeTests.StopAfter<float>(4, cancel)],
            },
            cancel.Token);
        Trainer<float> trainer = MakeTrainer();
        trainer.Resume(_folder).Should().NotBeNull();
        trainer.Invoking(t => t.Fit(BatchSource.From(_ => Batches(3)), new() { Epochs = 2 }))
            .Should().Throw<InvalidOperationException>()
            .WithMessage("Epoch 1 was interrupted after 4 batches, but the source gives only 3 now*");
    }

    [Fact]
    public void Other_class_weights_are_refused()
    {
        using var cancel = new CancellationTokenSource();
        MakeTrainer().Fit(
            Data(),
            new()
            {
                BatchSize = 10,
                ClassWeights = [1, 2.5],
                Callbacks = [new Checkpointing<float>(_folder), new ResumeTests.StopAfter<float>(3, cancel)],
            },
            cancel.Token);
        Trainer<float> trainer = MakeTrainer();
        trainer.Resume(_folder);
        trainer.Invoking(t => t.Fit(Data(), new() { BatchSize = 10 })).Should().Throw<InvalidOperationException>()
            .WithMessage("*class weights: 1, 2.5 in the checkpoint, none here*");
    }

    [Fact]
    public void Another_training_is_refused_with_both_sides_named()
    {
        MakeTrainer().Fit(Data(), new() { Epochs = 1, Callbacks = [new Checkpointing<float>(_folder)] });
        Refuses(
            new(MakeNetwork(hidden: 7), new SoftmaxCrossEntropy(), new Adam()),
            "*dense1.weights: 6 × 3 in the checkpoint, 7 × 3 here*");
        Refuses(
            new(MakeNetwork(), new MeanSquaredError(), new Adam()),
            "*loss: *SoftmaxCrossEntropy* in the checkpoint, *MeanSquaredError* here*");
        Refuses(
            new(MakeNetwork(), new SoftmaxCrossEntropy(), new Sgd()),
            "*optimizer: *Adam* in the checkpoint, *Sgd* here*");
        Refuses(
            new(MakeNetwork(), new SoftmaxCrossEntropy(), new Adam(), seed: 5), "*seed: 1 in the checkpoint, 5 here*");
        Network<float> frozen = MakeNetwork();
        frozen.Layers[0].Freeze();
        Refuses(
            new(frozen, new SoftmaxCrossEntropy(), new Adam()),
            "*dense1.weights: 6 × 3 in the checkpoint, 6 × 3, frozen here*");
        var inDouble = new Trainer<double>(
            Network.Create<double>(3, seed: 1).Dense(6, new Tanh()).Dense(2).Build(),
            new SoftmaxCrossEntropy(),
            new Adam());
        inDouble.Invoking(t => t.Resume(_folder))
            .Should().Throw<CheckpointMismatchException>()
            .WithMessage("*precision: Single in the checkpoint, Double here*");

        void Refuses(Trainer<float> trainer, string message)
        {
            float[] before = trainer.Network.Parameters[0].Values.ToArray();
            trainer.Invoking(t => t.Resume(_folder)).Should().Throw<CheckpointMismatchException>().WithMessage(message);
            trainer.Network.Parameters[0].Values.ToArray().Should().Equal(before);
        }
    }

    [Fact]
    public void Other_settings_are_refused_with_both_sides_named()
    {
        using var cancel = new CancellationTokenSource();
        MakeTrainer().Fit(
            Data(),
            new()
            {
                BatchSize = 10,
                Callbacks = [new Checkpointing<float>(_folder), new ResumeTests.StopAfter<float>(3, cancel)],
            },
            cancel.Token);
        Trainer<float> trainer = MakeTrainer();
        trainer.Resume(_folder);
        trainer.Invoking(t => t.Fit(Data(), new() { BatchSize = 25, Shuffle = false }))
            .Should().Throw<InvalidOperationException>()
            .WithMessage("*batch size: 10 in the checkpoint, 25 here; shuffle: yes in the checkpoint, no here*");
    }

    [Fact]
    public void A_damaged_checkpoint_is_passed_over_for_the_one_before()
    {
        MakeTrainer()
            .Fit(Data(), new() { Epochs = 3, BatchSize = 10, Callbacks = [new Checkpointing<float>(_folder)] });
        string[] paths = Directory.GetFiles(_folder).Order().ToArray();
        byte[] whole = File.ReadAllBytes(paths[1]);
        File.WriteAllBytes(paths[1], whole[..(whole.Length / 2)]);

        Trainer<float> trainer = MakeTrainer();
        trainer.Resume(_folder).Should().Be(paths[0]);
        trainer.StepCount.Should().Be(10);
        Directory.GetFiles(_folder).Order().Should().Equal(paths[0], paths[1] + ".damaged");

        File.WriteAllBytes(paths[0], []);
        MakeTrainer().Invoking(t => t.Resume(_folder))
            .Should().Throw<InvalidDataException>().WithMessage($"No checkpoint in '{_folder}' is whole*");
    }

    [Theory]
    [InlineData("\"learningRateFactor\":1", "\"learningRateFactor\":-1")]
    [InlineData("\"learningRateFactor\":1", "\"learningRateFactor\":1e999")]
    [InlineData("\"steps\":5", "\"steps\":-5")]
    [InlineData("\"epochs\":1", "\"epochs\":-1")]
    [InlineData("\"epochsBegun\":1", "\"epochsBegun\":-1")]
    public void A_checkpoint_with_counters_that_no_training_has_is_refused_and_the_trainer_is_as_it_was(
        string whole, string damaged)
    {
        string path = Rewritten(whole, damaged);
        Trainer<float> trainer = MakeTrainer();
        float[] before = [.. trainer.Network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
        trainer.Invoking(t => t.ResumeFrom(path))
            .Should().Throw<InvalidDataException>().WithMessage($"'{path}' is damaged*");
        trainer.StepCount.Should().Be(0);
        trainer.EpochCount.Should().Be(0);
        trainer.LearningRateFactor.Should().Be(1);
        trainer.Network.Parameters.SelectMany(parameter => parameter.Values.ToArray()).Should().Equal(before);
    }

    [Fact]
    public void Settings_of_any_length_are_compared_in_a_message_that_can_be_read()
    {
        string alike = new('x', 10_000);
        string path = Rewritten("\"settings\":{", $"\"settings\":{{\"{alike}\":\"{alike}\",");
        MakeTrainer().Invoking(t => t.ResumeFrom(path)).Should().Throw<CheckpointMismatchException>()
            .Which.Message.Length.Should().BeLessThan(1000);

        // Of two long descriptions, what differs is what is shown.
        Network<float> Deep(int last)
        {
            NetworkBuilder<float> builder = Network.Create<float>(3, seed: 1);
            for (int i = 0; i < 60; i++)
            {
                builder.Dense(3);
            }

            return builder.Dense(last).Dense(2).Build();
        }

        new Trainer<float>(Deep(3), new SoftmaxCrossEntropy(), new Adam()).Fit(
            Data(),
            new()
            {
                Epochs = 1,
                BatchSize = 10,
                Callbacks = [new Checkpointing<float>(Path.Combine(_folder, "deep"))],
            });
        new Trainer<float>(Deep(4), new SoftmaxCrossEntropy(), new Adam())
            .Invoking(t => t.Resume(Path.Combine(_folder, "deep")))
            .Should().Throw<CheckpointMismatchException>().WithMessage("*dense61*3*in the checkpoint*dense61*4*here*");
    }

    [Fact]
    public void A_new_run_does_not_begin_where_another_is_further()
    {
        MakeTrainer()
            .Fit(Data(), new() { Epochs = 2, BatchSize = 10, Callbacks = [new Checkpointing<float>(_folder)] });
        MakeTrainer().Invoking(t => t.Fit(Data(), new() { Callbacks = [new Checkpointing<float>(_folder)] }))
            .Should().Throw<InvalidOperationException>()
            .WithMessage("*checkpoint-0000000010.safetensors' is of a run that is further*step 0*");
        Names().Should().HaveCount(2, "nothing was touched");
    }

    [Fact]
    public void A_newer_format_and_other_files_are_refused()
    {
        MakeTrainer().Fit(Data(), new() { Epochs = 1, Callbacks = [new Checkpointing<float>(_folder)] });
        string path = Directory.GetFiles(_folder)[0];
        byte[] bytes = File.ReadAllBytes(path);
        int at = bytes.AsSpan().IndexOf("format"u8);
        at += bytes.AsSpan(at).IndexOf((byte)'2');
        bytes[at] = (byte)'7';
        File.WriteAllBytes(path, bytes);
        MakeTrainer().Invoking(t => t.Resume(_folder))
            .Should().Throw<CheckpointMismatchException>().WithMessage("*has the format 7*newer version*up to 2*");

        MakeNetwork().SaveParameters(path);
        MakeTrainer().Invoking(t => t.ResumeFrom(path))
            .Should().Throw<InvalidDataException>().WithMessage("*is no checkpoint*");
    }

    [Fact]
    public void Damage_anywhere_is_found_or_harmless()
    {
        // Every byte of the header and some of the tensors, changed one at a time.
        MakeTrainer().Fit(
            Data(), new() { Epochs = 1, Callbacks = [new Checkpointing<float>(_folder), new EarlyStopping<float>()] });
        string path = Directory.GetFiles(_folder)[0];
        byte[] whole = File.ReadAllBytes(path);
        var random = new Random(1);
        for (int i = 0; i < 3000; i++)
        {
            byte[] damaged = (byte[])whole.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, damaged);
            try
            {
                MakeTrainer().ResumeFrom(path);
            }
            catch (Exception exception) when (exception is InvalidDataException or CheckpointMismatchException)
            {
            }
        }
    }

    [Fact]
    public void A_disk_that_fails_stops_training_with_a_clear_error_and_the_last_checkpoint_is_whole()
    {
        // The folder is there until the second checkpoint, then a file has its name.
        var break1 = new Breaker(_folder, atEpoch: 2);
        Trainer<float> trainer = MakeTrainer();
        trainer.Invoking(
            t => t.Fit(
                Data(),
                new() { Epochs = 5, BatchSize = 10, Callbacks = [break1, new Checkpointing<float>(_folder)] }))
            .Should().Throw<IOException>()
            .WithMessage(
                "The checkpoint '*checkpoint-0000000010.safetensors' could not be written*The last whole one is "
                + "'*checkpoint-0000000005.safetensors'.");
        break1.Mend();
        MakeTrainer().Resume(_folder).Should().EndWith("checkpoint-0000000005.safetensors");
    }

    [Fact]
    public void Training_goes_on_without_checkpoints_where_it_is_told_to()
    {
        var breaker = new Breaker(_folder, atEpoch: 2);
        var checkpoints = new Checkpointing<float>(_folder) { ContinueOnFailure = true };
        MakeTrainer().Fit(Data(), new() { Epochs = 5, BatchSize = 10, Callbacks = [breaker, checkpoints] }).Epochs
            .Should().HaveCount(5);
        checkpoints.LastFailure.Should().NotBeNull();
        checkpoints.LastPath.Should().EndWith("checkpoint-0000000005.safetensors");
        breaker.Mend();
        MakeTrainer().Resume(_folder).Should().EndWith("checkpoint-0000000005.safetensors");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(5000)]
    public void A_full_disk_leaves_what_was_there_before(int room)
    {
        string path = Path.Combine(_folder, "file");
        AtomicFile.Write(path, stream => stream.Write(new byte[10]));
        FluentActions.Invoking(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[room]);
            throw new IOException("No space left on device");
        })).Should().Throw<IOException>();
        Directory.GetFiles(_folder).Should().ContainSingle().Which.Should().Be(path);
        File.ReadAllBytes(path).Should().HaveCount(10);
    }

    [Fact]
    public void A_rename_that_is_refused_leaves_nothing_behind()
    {
        string path = Path.Combine(_folder, "file");
        Directory.CreateDirectory(path);
        FluentActions.Invoking(() => AtomicFile.Write(path, stream => stream.Write(new byte[10])))
            .Should().Throw<Exception>()
            .Which.Should().Match(e => e is IOException || e is UnauthorizedAccessException);
        Directory.GetFiles(_folder).Should().BeEmpty();
    }

    [Fact]
    public void Values_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => new Checkpointing<float>(_folder, everyEpochs: 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("everyEpochs");
        FluentActions.Invoking(() => new Checkpointing<float>(_folder, keepLast: 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("keepLast");
        FluentActions.Invoking(() => new Checkpointing<float>(""))
            .Should().Throw<ArgumentException>().WithParameterName("folder");
    }

    /// <summary>A whole checkpoint but for a text in its header.</summary>
    private string Rewritten(string from, string to)
    {
        MakeTrainer()
            .Fit(Data(), new() { Epochs = 1, BatchSize = 10, Callbacks = [new Checkpointing<float>(_folder)] });
        string path = Directory.GetFiles(_folder).Single();
        byte[] file = File.ReadAllBytes(path);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        string header = Encoding.UTF8.GetString(file, 8, length);

        // The JSON is a text within the JSON.
        string changed = header.Replace(Escaped(from), Escaped(to), StringComparison.Ordinal);
        changed.Should().NotBe(header);
        byte[] text = Encoding.UTF8.GetBytes(changed);
        byte[] prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, text.Length);
        File.WriteAllBytes(path, [.. prefix, .. text, .. file[(8 + length)..]]);
        return path;

        static string Escaped(string json) => json.Replace("\"", "\\\"", StringComparison.Ordinal);
    }

    private static Network<float> MakeNetwork(int hidden = 6) =>
        Network.Create<float>(3, seed: 1).Dense(hidden, new Tanh()).Dense(2).Build();

    private static Trainer<float> MakeTrainer() => new(MakeNetwork(), new SoftmaxCrossEntropy(), new Adam());

    private static DataSet<float> Data()
    {
        Matrix<float> inputs = TestData.Uniform<float>(3, 50, seed: 2);
        return DataSet.FromLabels(
            inputs, Enumerable.Range(0, 50).Select(j => inputs[0, j] > inputs[1, j] ? 1 : 0).ToArray(), 2);
    }

    private IEnumerable<string?> Names() => Directory.GetFiles(_folder).Select(Path.GetFileName).Order();

    /// <summary>
    /// Puts a file where the folder was, as if its disk were gone, before the checkpoint of an epoch.
    /// </summary>
    private sealed class Breaker(string folder, int atEpoch) : ITrainingCallback<float>
    {
        private readonly string _aside = folder + "-aside";

        public void OnEpochStart(TrainingContext<float> context)
        {
            if (context.Epoch == atEpoch)
            {
                Directory.Move(folder, _aside);
                File.WriteAllText(folder, "");
            }
        }

        public void Mend()
        {
            File.Delete(folder);
            Directory.Move(_aside, folder);
        }
    }
}
