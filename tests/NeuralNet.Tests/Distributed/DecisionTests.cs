using NeuralNet.Callbacks;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Diagnostics;
using NeuralNet.Distributed;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Tests.Checkpoints;
using NeuralNet.Training;

namespace NeuralNet.Tests.Distributed;

/// <summary>What ends a run, or changes it, reaches all workers, and nobody is left waiting.</summary>
public sealed class DecisionTests : IDisposable
{
    private static readonly DataSet<double> _data = new(
        TestData.Uniform<double>(4, 40, seed: 2), TestData.Uniform<double>(2, 40, seed: 3));

    private readonly string _folder = Directory.CreateTempSubdirectory("workers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_callback_of_worker_0_stops_all_and_changes_the_rate_of_all()
    {
        string[] runs = ThreadWorkers.Run(3, 4, workers =>
        {
            Trainer<double> trainer = MakeTrainer(workers);
            TrainingHistory history = trainer.Fit(_data, Options(new Decider()));
            return $"{trainer.StepCount} {trainer.LearningRateFactor} {history.StopReason} {history.StoppedBy} "
                + $"{history.Outcome}";
        });
        runs.Should().OnlyContain(run => run == "7 0.25 seven\nlines Decider Stopped");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_cancellation_anywhere_ends_all_after_the_same_batch(int canceller)
    {
        string[] runs = ThreadWorkers.Run(3, 4, workers =>
        {
            using var cancel = new CancellationTokenSource();
            Trainer<double> trainer = MakeTrainer(workers);
            var stop = new EveryWorker(context =>
            {
                if (workers.Rank == canceller && context.StepCount == 5)
                {
                    cancel.Cancel();
                }
            });
            TrainingHistory history = trainer.Fit(_data, Options(stop), cancel.Token);
            return $"{history.Outcome} {trainer.StepCount} {trainer.State.Fingerprint()}";
        });
        runs.Should().OnlyContain(run => run == runs[0]).And.OnlyContain(run => run.StartsWith("Cancelled 5 "));
    }

    [Fact]
    public void A_cancellation_during_validation_ends_all()
    {
        // Of so many samples the validation takes two blocks: the run is cancelled in the first, in the second epoch.
        var many = new DataSet<double>(
            TestData.Uniform<double>(4, 5000, seed: 2), TestData.Uniform<double>(2, 5000, seed: 3));
        TrainingOutcome[] outcomes = ThreadWorkers.Run(2, 2, workers =>
        {
            using var cancel = new CancellationTokenSource();
            var loss = new CancellingLoss(cancel, atCall: workers.Rank == 1 ? 7 : int.MaxValue);
            var trainer = new Trainer<double>(Build(1), loss, new Sgd(0.1), threads: 1, workers: workers);
            return trainer.Fit(_data, Options(batchSize: 20, validation: many), cancel.Token).Outcome;
        });
        outcomes.Should().OnlyContain(outcome => outcome == TrainingOutcome.Cancelled);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_failure_on_one_worker_reaches_the_others(int failing)
    {
        Exception[] exceptions = ThreadWorkers.Run(3, 4, workers => Record(() =>
            MakeTrainer(workers).Fit(_data, Options(new EveryWorker(context =>
            {
                if (workers.Rank == failing && context.StepCount == 3)
                {
                    throw new IOException("The disk is full.");
                }
            })))));
        for (int rank = 0; rank < 3; rank++)
        {
            if (rank == failing)
            {
                exceptions[rank].Should().BeOfType<IOException>();
            }
            else
            {
                exceptions[rank].Should().BeOfType<WorkersException>()
                    .Which.Message.Should().StartWith($"Worker {failing} of 3 has failed;");
            }
        }
    }

    [Fact]
    public void A_failure_before_the_first_batch_reaches_the_others()
    {
        Exception[] exceptions = ThreadWorkers.Run(2, 2, workers => Record(() => MakeTrainer(workers).Fit(
            _data, Options(split: workers.Rank == 1 ? 1e-9 : null))));
        exceptions[1].Should().BeOfType<ArgumentException>();
        exceptions[0].Should().BeOfType<WorkersException>();
    }

    [Fact]
    public void A_failure_at_the_end_of_the_run_reaches_the_others()
    {
        Exception[] exceptions = ThreadWorkers.Run(2, 2, workers => Record(() => MakeTrainer(workers).Fit(
            _data, Options(new FailsAtTheEnd()))));
        exceptions[0].Should().BeOfType<IOException>();
        exceptions[1].Should().BeOfType<WorkersException>();
    }

    [Fact]
    public void A_loss_that_is_not_finite_on_one_worker_stops_all_before_the_step()
    {
        var ends = ThreadWorkers.Run(2, 4, workers =>
        {
            Trainer<double> trainer = MakeTrainer(workers);
            double[][] inputs = [.. Enumerable.Range(0, 8).Select(i => new double[4])];
            inputs[6][2] = double.NaN;
            var batch = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfColumnArrays(inputs);
            var targets = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(2, 8);
            long before = trainer.State.Fingerprint();
            Exception exception = Record(() => trainer.Step(batch, targets));
            trainer.State.Fingerprint().Should().Be(before);

            // They can train on: nothing of the step that failed is left.
            trainer.Step(_data.Inputs, _data.Targets);
            return (Details: ((TrainingDivergedException)exception).Details!, trainer.State.Fingerprint());
        });
        ends[0].Item2.Should().Be(ends[1].Item2);
        ends[1].Details.Cause.Should().Be(DivergenceCause.Inputs);
        ends[0].Details.Description.Should().Contain("another worker");
    }

    [Fact]
    public void Other_initial_parameters_on_one_worker_are_refused()
    {
        Exception[] exceptions = ThreadWorkers.Run(3, 4, workers => Record(() =>
            MakeTrainer(workers, seed: workers.Rank == 2 ? 9 : 1).Fit(_data, Options())));
        exceptions.Should().AllBeOfType<WorkersException>()
            .Which.Should().OnlyContain(e => e.Message.Contains("of worker 2 are not those of worker 0"));
    }

    [Fact]
    public void A_callback_that_changes_the_parameters_of_one_worker_is_found_at_the_end_of_the_epoch()
    {
        Exception[] exceptions = ThreadWorkers.Run(2, 2, workers => Record(() =>
            MakeTrainer(workers).Fit(_data, Options(new OnBatch(context =>
                context.Network.Parameters[0].Values[0] = 1)))));
        exceptions.Should().AllBeOfType<WorkersException>()
            .Which.Should().OnlyContain(e => e.Message.Contains("RunsOnEveryWorker"));
    }

    [Fact]
    public void Data_of_other_sizes_are_found()
    {
        Exception[] exceptions = ThreadWorkers.Run(2, 2, workers => Record(() => MakeTrainer(workers).Fit(
            _data.Take(workers.Rank == 0 ? 40 : 20), Options())));
        exceptions.Should().AllBeOfType<WorkersException>()
            .Which.Should().OnlyContain(e => e.Message.Contains("at another place of the run"));
    }

    [Fact]
    public void Only_worker_0_writes()
    {
        ThreadWorkers.Run(3, 3, workers =>
        {
            var seen = new OnBatch(_ => { });
            var everywhere = new EveryWorker(_ => { });
            MakeTrainer(workers).Fit(_data, Options(seen, everywhere, new CsvLog<double>(Path.Combine(
                _folder, $"log{workers.Rank}.csv"))));
            (seen.Calls > 0).Should().Be(workers.Rank == 0);
            everywhere.Calls.Should().BeGreaterThan(0);
            return 0;
        });
        Directory.GetFiles(_folder).Select(Path.GetFileName).Should().Equal("log0.csv");
    }

    [Fact]
    public void A_run_goes_on_with_another_number_of_workers()
    {
        Trainer<double> whole = MakeTrainer(Workers.Alone(4));
        TrainingHistory expected =
            whole.Fit(_data, Options(validation: _data, callbacks: [new EarlyStopping<double>(2)]));
        int[] counts = [2, 1, 4, 3, 2, 4, 1, 3, 2];
        bool isOver = false;
        int runs = 0;
        for (; !isOver; runs++)
        {
            string[] ends = ThreadWorkers.Run(counts[runs], 4, workers =>
            {
                Trainer<double> trainer = MakeTrainer(workers);
                trainer.Resume(_folder);
                using var cancel = new CancellationTokenSource();
                TrainingHistory history = trainer.Fit(
                    _data,
                    Options(
                        validation: _data,
                        callbacks:
                        [
                            new EarlyStopping<double>(2),
                            new Checkpointing<double>(_folder),
                            new ResumeTests.StopAfter<double>(4, cancel),
                        ]),
                    cancel.Token);
                isOver = !history.WasCancelled;
                return isOver
                    ? $"{trainer.State.Fingerprint()} {history.Epochs[^1].Validation!.Loss:R}"
                    : $"{trainer.State.Fingerprint()}";
            });
            ends.Should().OnlyContain(end => end == ends[0]);
            if (isOver)
            {
                ends[0].Should().Be($"{whole.State.Fingerprint()} {expected.Epochs[^1].Validation!.Loss:R}");
            }
        }

        runs.Should().BeGreaterThan(3);
    }

    [Fact]
    public void A_run_does_not_go_on_with_another_number_of_shards()
    {
        using var cancel = new CancellationTokenSource();
        MakeTrainer(Workers.Alone(4)).Fit(
            _data,
            Options(new Checkpointing<double>(_folder), new ResumeTests.StopAfter<double>(3, cancel)),
            cancel.Token);
        Trainer<double> other = MakeTrainer(Workers.Alone(8));
        other.Resume(_folder);
        other.Invoking(trainer => trainer.Fit(_data, Options(new Checkpointing<double>(_folder))))
            .Should().Throw<CheckpointMismatchException>().WithMessage("*shards: 4*8*");
    }

    [Fact]
    public void Each_worker_needs_a_shard() =>
        FluentActions.Invoking(() => ThreadWorkers.Run(3, 2, workers => MakeTrainer(workers)))
            .Should().Throw<ArgumentException>().WithParameterName("workers")
            .WithMessage("There are 3 workers, but a batch has 2 shards: each worker needs at least one.*");

    private static Exception Record(Action action)
    {
        try
        {
            action();
        }
#pragma warning disable CA1031 // It is what is tested.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception;
        }

        throw new InvalidOperationException("Nothing was thrown.");
    }

    private static Network<double> Build(int seed) => Network.Create<double>(4, seed).Dense(3).Dense(2).Build();

    private static Trainer<double> MakeTrainer(IWorkers workers, int seed = 1) =>
        new(Build(seed), new MeanSquaredError(), new Adam(0.01), seed: 5, threads: 1, workers: workers);

    private static FitOptions<double> Options(params ITrainingCallback<double>[] callbacks) =>
        Options(10, null, null, callbacks);

    private static FitOptions<double> Options(
        int batchSize = 10,
        DataSet<double>? validation = null,
        double? split = null,
        params ITrainingCallback<double>[] callbacks) =>
        new()
        {
            Epochs = 4,
            BatchSize = batchSize,
            Validation = validation,
            ValidationSplit = split,
            Callbacks = callbacks,
        };
}
