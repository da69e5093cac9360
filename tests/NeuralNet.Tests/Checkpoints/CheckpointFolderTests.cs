using System.Diagnostics;
using NeuralNet.Activations;
using NeuralNet.Callbacks;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Tests.Checkpoints;

/// <summary>
/// A folder of checkpoints is its user's, too: only what has exactly the name of a checkpoint is ours.
/// </summary>
public sealed class CheckpointFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoints-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_of_the_user_are_left_alone_whatever_they_are_named()
    {
        string[] names =
        [
            "checkpoint-0000000024-keep.safetensors", "checkpoint-final.safetensors", "checkpoint-.safetensors",
            "checkpoint-9999999999.safetensors.bak", "checkpoint-999999999.safetensors",
            "checkpoint-09999999999.safetensors", "checkpoint-00000000010.safetensors",
            "checkpoint-+000000010.safetensors", "checkpoint--000000010.safetensors",
            "checkpoint- 000000010.safetensors", "checkpoint-0000000010 .safetensors",
            "checkpoint-0000000010.safetensors ", " checkpoint-0000000010.safetensors",
            "checkpoint-0000000010.Safetensors", "Checkpoint-0000000099.safetensors",
            "CHECKPOINT-0000000099.SAFETENSORS", "checkpoint-0000000010.safetensors.damaged",
            "checkpoint-000000001a.safetensors", "checkpoint-٠٠٠٠٠٠٠٠١٠.safetensors",
            "checkpoint-99999999999999999999.safetensors", "checkpoint_0000000099.safetensors",
            "checkpoint-0000000099", "checkpoint-0000000099.safetensors.tmp",
            "checkpoint-0000000005.safetensors.0123456789abcdef0123456789abcdef.tmp",
            "model.safetensors.0123456789abcdef0123456789abcdef.tmp", "best-of-all.safetensors", "Best.safetensors",
            "best.safetensors.damaged", "notes.txt", ".hidden", ".neuralnet-keep.tmp",
        ];
        foreach (string name in names)
        {
            File.WriteAllText(At(name), name);
        }

        Directory.CreateDirectory(At("checkpoint-9999999999.safetensors"));
        Directory.CreateSymbolicLink(At("checkpoint-9999999998.safetensors"), _folder);
        CheckpointFolder.NewestFirst(_folder).Should().BeEmpty();
        MakeTrainer().Resume(_folder).Should().BeNull();

        Fit(MakeTrainer(), epochs: 6, new Checkpointing<float>(_folder, keepLast: 1, keepBest: MonitoredValue.Loss));
        Trainer<float> resumed = MakeTrainer();
        resumed.Resume(_folder).Should().Be(At("checkpoint-0000000030.safetensors"));
        resumed.StepCount.Should().Be(30);
        File.WriteAllText(At("checkpoint-0000000030.safetensors"), "damaged");
        MakeTrainer().Invoking(t => t.Resume(_folder)).Should().Throw<InvalidDataException>();

        foreach (string name in names)
        {
            File.ReadAllText(At(name)).Should().Be(name);
        }

        Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName).Should().BeEquivalentTo(
        [
            .. names, "checkpoint-9999999999.safetensors", "checkpoint-9999999998.safetensors",
            "checkpoint-0000000030.safetensors", "best.safetensors",
        ]);
    }

    [Fact]
    public void Checkpoints_of_more_steps_than_ten_digits_hold_are_the_newest()
    {
        string[] names =
        [
            "checkpoint-9999999999.safetensors", "checkpoint-10000000000.safetensors",
            "checkpoint-0000000007.safetensors",
        ];
        foreach (string name in names)
        {
            File.WriteAllText(At(name), "");
        }

        CheckpointFolder.NewestFirst(_folder).Select(Path.GetFileName).Should().Equal(names[1], names[0], names[2]);
    }

    [Fact]
    public void A_damaged_one_is_set_aside_without_overwriting_what_was_set_aside_before()
    {
        Fit(MakeTrainer(), epochs: 3, new Checkpointing<float>(_folder));
        string newest = At("checkpoint-0000000015.safetensors");
        for (int i = 0; i < 3; i++)
        {
            File.WriteAllText(newest, "damage " + i);
            MakeTrainer().Resume(_folder).Should().Be(At("checkpoint-0000000010.safetensors"));
        }

        File.ReadAllText(newest + ".damaged").Should().Be("damage 0");
        File.ReadAllText(newest + ".damaged-2").Should().Be("damage 1");
        File.ReadAllText(newest + ".damaged-3").Should().Be("damage 2");

        // What links there is not written through, either.
        File.CreateSymbolicLink(newest + ".damaged-4", At("nowhere"));
        File.WriteAllText(newest, "damage 3");
        MakeTrainer().Resume(_folder).Should().NotBeNull();
        File.Exists(At("nowhere")).Should().BeFalse();
        File.ReadAllText(newest + ".damaged-5").Should().Be("damage 3");
    }

    [Fact]
    public void A_newest_link_that_leads_nowhere_is_passed_over_and_training_goes_on()
    {
        Fit(MakeTrainer(), epochs: 2, new Checkpointing<float>(_folder));
        File.CreateSymbolicLink(At("checkpoint-0000000015.safetensors"), At("nowhere"));
        Trainer<float> trainer = MakeTrainer();
        trainer.Resume(_folder).Should().Be(At("checkpoint-0000000010.safetensors"));
        Fit(trainer, epochs: 4, new Checkpointing<float>(_folder)).Epochs.Should().HaveCount(4);
        new FileInfo(At("checkpoint-0000000015.safetensors.damaged")).LinkTarget.Should().Be(At("nowhere"));
        File.Exists(At("nowhere")).Should().BeFalse();

        MakeTrainer().StartFrom(_folder).Should().Be(At("checkpoint-0000000020.safetensors"));
    }

    [Fact]
    public void One_that_cannot_be_read_now_is_neither_renamed_nor_passed_over()
    {
        Fit(MakeTrainer(), epochs: 2, new Checkpointing<float>(_folder));
        string newest = At("checkpoint-0000000010.safetensors");
        using (new FileStream(newest, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            MakeTrainer().Invoking(t => t.Resume(_folder)).Should().Throw<IOException>()
                .WithMessage($"The checkpoint '{newest}' cannot be read now: *Make it readable*");
            MakeTrainer().Invoking(t => t.StartFrom(_folder)).Should().Throw<IOException>();
        }

        MakeTrainer().Resume(_folder).Should().Be(newest);
        Names().Should().Equal("checkpoint-0000000005.safetensors", "checkpoint-0000000010.safetensors");
    }

    [Fact]
    public void A_pipe_is_no_checkpoint_and_nobody_waits_for_its_writer()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Fit(MakeTrainer(), epochs: 1, new Checkpointing<float>(_folder));
        MakePipe("checkpoint-0000000010.safetensors");
        MakePipe("best.safetensors");
        MakeTrainer().Resume(_folder).Should().Be(At("checkpoint-0000000005.safetensors"));
        File.Exists(At("checkpoint-0000000010.safetensors.damaged")).Should().BeTrue();
        MakeTrainer().Invoking(t => t.ResumeFrom(At("best.safetensors")))
            .Should().Throw<InvalidDataException>().WithMessage("*no file but a pipe*");
        Trainer<float> trainer = MakeTrainer();
        trainer.Resume(_folder);
        trainer.Invoking(t => Fit(t, 2, new Checkpointing<float>(_folder, keepBest: MonitoredValue.Loss)))
            .Should().Throw<InvalidOperationException>().WithMessage("*is no checkpoint of this run*");
    }

    [Fact]
    public void The_best_of_another_run_is_not_overwritten()
    {
        Checkpointing<float> Keeping() => new(_folder, keepBest: MonitoredValue.Loss);
        Fit(MakeTrainer(), epochs: 3, Keeping());
        byte[] best = File.ReadAllBytes(At("best.safetensors"));
        foreach (string path in CheckpointFolder.NewestFirst(_folder))
        {
            File.Move(path, path + ".old");
        }

        // Begun anew, from another one's checkpoint, or resumed from elsewhere.
        RequireRefused(MakeTrainer());
        Trainer<float> second = MakeTrainer();
        second.StartFrom(At("best.safetensors"));
        RequireRefused(second);
        Fit(MakeTrainer(rate: 0.1), epochs: 2, new Checkpointing<float>(At("other")));
        Trainer<float> third = MakeTrainer(rate: 0.1);
        third.Resume(At("other"));
        RequireRefused(third);
        File.ReadAllBytes(At("best.safetensors")).Should().Equal(best);

        foreach (string damage in new[] { "a text of the user", "" })
        {
            File.WriteAllText(At("best.safetensors"), damage);
            RequireRefused(MakeTrainer());
            File.ReadAllText(At("best.safetensors")).Should().Be(damage);
        }

        // A link may lead to where the best is to be.
        File.Delete(At("best.safetensors"));
        File.CreateSymbolicLink(At("best.safetensors"), At("elsewhere"));
        Fit(MakeTrainer(), epochs: 1, Keeping());
        File.Exists(At("elsewhere")).Should().BeTrue();
        File.Delete(At("best.safetensors"));
        File.Delete(At("checkpoint-0000000005.safetensors"));

        // That of the run itself, even if it is of an epoch that the resumed run has yet to make again.
        File.WriteAllBytes(At("best.safetensors"), best);
        Fit(MakeTrainer(), epochs: 1, new Checkpointing<float>(At("same")));
        Trainer<float> same = MakeTrainer();
        same.Resume(At("same"));
        Fit(same, epochs: 4, Keeping()).Epochs.Should().HaveCount(4);

        void RequireRefused(Trainer<float> trainer) => trainer.Invoking(t => Fit(t, 4, Keeping()))
            .Should().Throw<InvalidOperationException>().WithMessage("*is no checkpoint of this run*");
    }

    [Fact]
    public void A_lock_that_cannot_be_taken_is_not_blamed_on_another_run()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // It leads to a device, which has no length.
        string path = At(FolderLock.Name);
        File.CreateSymbolicLink(path, "/dev/null");
        MakeTrainer().Invoking(t => Fit(t, 1, new Checkpointing<float>(_folder)))
            .Should().Throw<IOException>().WithMessage("No checkpoint can be written to the folder *");
        var going = new Checkpointing<float>(_folder) { ContinueOnFailure = true };
        Fit(MakeTrainer(), 1, going).Epochs.Should().ContainSingle();
        File.Delete(path);
        Directory.CreateDirectory(path);
        MakeTrainer().Invoking(t => Fit(t, 1, new Checkpointing<float>(At("."))))
            .Should().Throw<IOException>();
    }

    [Fact]
    public void Where_none_can_be_read_it_is_said_and_nothing_is_renamed()
    {
        File.CreateSymbolicLink(At("checkpoint-0000000015.safetensors"), At("nowhere"));
        MakeTrainer().Invoking(t => t.Resume(_folder)).Should().Throw<InvalidDataException>()
            .WithMessage($"No checkpoint in '{_folder}' is whole: *");
        Directory.GetFiles(_folder).Should().ContainSingle();
    }

    [Fact]
    public void A_second_run_in_the_same_folder_is_refused_and_the_first_one_is_unharmed()
    {
        string log = At("log.csv");
        var second = new During(() => MakeTrainer().Invoking(
            t => t.Fit(
                Data(),
                new() { Epochs = 1, Callbacks = [new CsvLog<float>(log), new Checkpointing<float>(_folder)] }))
            .Should().Throw<InvalidOperationException>()
            .WithMessage($"Another run is writing its checkpoints to '{_folder}'*name another folder."));
        Fit(MakeTrainer(), epochs: 2, second, new Checkpointing<float>(_folder)).Epochs.Should().HaveCount(2);
        second.Calls.Should().Be(2);
        File.Exists(log).Should().BeFalse();
        Names().Should().Equal("checkpoint-0000000005.safetensors", "checkpoint-0000000010.safetensors");

        // Two callbacks of one run are two writers as well.
        MakeTrainer().Invoking(
            t => Fit(t, 1, new Checkpointing<float>(At("both")), new Checkpointing<float>(At("both"))))
            .Should().Throw<InvalidOperationException>()
            .WithMessage($"Two callbacks of this run save checkpoints to '{At("both")}'*(every)*");
        Directory.Exists(At("both")).Should().BeFalse();
    }

    [Fact]
    public void The_lock_ends_with_the_run_however_it_ends()
    {
        var failing = new During(() => throw new IOException("mine"));
        MakeTrainer().Invoking(t => Fit(t, 2, failing, new Checkpointing<float>(At("runs/a"))))
            .Should().Throw<IOException>().WithMessage("mine");
        Directory.Exists(At("runs/a")).Should().BeFalse("the run made it and wrote nothing to it");

        // What a killed run left is no lock.
        Directory.CreateDirectory(At("runs/a"));
        File.WriteAllText(At("runs/a/" + FolderLock.Name), "");
        Fit(MakeTrainer(), 1, new Checkpointing<float>(At("runs/a"))).Epochs.Should().ContainSingle();
        Directory.GetFiles(At("runs/a")).Should().ContainSingle();
    }

    [Fact]
    public void Of_many_who_want_the_lock_at_the_same_time_one_has_it()
    {
        int holders = 0;
        int taken = 0;
        Parallel.For(0, 2000, new() { MaxDegreeOfParallelism = 16 }, _ =>
        {
            try
            {
                using FolderLock held = FolderLock.Take(_folder);
                Interlocked.Increment(ref holders).Should().Be(1);
                Interlocked.Increment(ref taken);
                Interlocked.Decrement(ref holders);
            }
            catch (InvalidOperationException)
            {
            }
        });
        taken.Should().BePositive();
        Directory.GetFiles(_folder).Should().BeEmpty();
    }

    [Fact]
    public void A_network_of_the_user_is_not_overwritten_by_the_best_checkpoint()
    {
        Network<float> network = MakeTrainer().Network;
        network.SaveParameters(At("best.safetensors"));
        byte[] before = File.ReadAllBytes(At("best.safetensors"));
        MakeTrainer().Invoking(t => Fit(t, 1, new Checkpointing<float>(_folder, keepBest: MonitoredValue.Loss)))
            .Should().Throw<InvalidOperationException>()
            .WithMessage($"'{At("best.safetensors")}' is no checkpoint*move it elsewhere, or name another folder.");
        File.ReadAllBytes(At("best.safetensors")).Should().Equal(before);
        Fit(MakeTrainer(), 1, new Checkpointing<float>(_folder));
        File.ReadAllBytes(At("best.safetensors")).Should().Equal(before);
    }

    private string At(string name) => Path.Combine(_folder, name);

    private IEnumerable<string?> Names() => Directory.GetFiles(_folder).Select(Path.GetFileName).Order();

    private static TrainingHistory Fit(
        Trainer<float> trainer, int epochs, params ITrainingCallback<float>[] callbacks) =>
        trainer.Fit(Data(), new() { Epochs = epochs, BatchSize = 10, Callbacks = callbacks });

    private static Trainer<float> MakeTrainer(double rate = 0.001) =>
        new(Network.Create<float>(6, seed: 1).Dense(4, new Tanh()).Dense(10).Build(), new SoftmaxCrossEntropy(),
            new Adam(rate), threads: 1);

    private void MakePipe(string name)
    {
        using Process process = Process.Start("mkfifo", At(name));
        process.WaitForExit();
        process.ExitCode.Should().Be(0);
    }

    private static DataSet<float> Data() => ResumeTests.Data<float>();

    /// <summary>Does something at the start of every epoch.</summary>
    private sealed class During(Action action) : ITrainingCallback<float>
    {
        public int Calls { get; private set; }

        public void OnEpochStart(TrainingContext<float> context)
        {
            Calls++;
            action();
        }
    }
}
