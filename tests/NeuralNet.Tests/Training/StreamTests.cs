using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Batches;
using NeuralNet.Data;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Schedules;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

public sealed class StreamTests
{
    private readonly DataSet<double> _data = TestData.Diagonal<double>(50, seed: 1);

    [Fact]
    public void A_batch_prints_its_sizes()
    {
        Matrix<double> inputs = Matrix<double>.Build.Dense(4, 3);
        Matrix<double> targets = Matrix<double>.Build.Dense(1, 3);
        new Batch<double>(inputs, targets).ToString().Should().Be("3 samples of 4 inputs and 1 target");
        new Batch<double>(inputs, targets, [1, 2, 3], wholeCount: 8).ToString()
            .Should().Be("3 of 8 samples of 4 inputs and 1 target, weighted");
        FluentActions.Invoking(() => new Batch<double>(inputs, targets, wholeCount: 2))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("wholeCount");
    }

    [Fact]
    public void A_stream_of_the_same_batches_trains_to_the_same_bits()
    {
        Trainer<double> inMemory = MakeTrainer();
        TrainingHistory expected = inMemory.Fit(_data, new() { Epochs = 3, BatchSize = 8, Shuffle = false });
        foreach (IBatchSource<double> source in new[]
        {
            BatchSource.From(_ => Batches(8), batchesPerEpoch: 7),
            BatchSource.From(_ => Batches(8)),
            BatchSource.From((_, _) => Later(8)),
        })
        {
            Trainer<double> streamed = MakeTrainer();
            TrainingHistory history = streamed.Fit(source, new() { Epochs = 3 });
            Parameters(streamed).Should().Equal(Parameters(inMemory));
            history.Epochs.Select(epoch => (epoch.Loss, epoch.Samples, epoch.IsComplete))
                .Should().Equal(expected.Epochs.Select(epoch => (epoch.Loss, 50L, true)));
        }
    }

    [Fact]
    public void The_source_is_told_the_epoch()
    {
        var epochs = new List<int>();
        MakeTrainer().Fit(
            BatchSource.From(epoch =>
            {
                epochs.Add(epoch);
                return Batches(25);
            }),
            new() { Epochs = 3 });
        epochs.Should().Equal(1, 2, 3);
    }

    [Fact]
    public void Batches_come_with_weights()
    {
        Trainer<double> trainer = MakeTrainer();
        double[] before = Parameters(trainer);
        trainer.Fit(
            BatchSource.From(_ => Batches(10).Select(b => new Batch<double>(b.Inputs, b.Targets, new double[b.Count]))),
            new() { Epochs = 1 });
        Parameters(trainer).Should().Equal(before, "samples of weight 0 pull nowhere");
    }

    [Fact]
    public void An_exception_of_the_source_reaches_the_caller() =>
        MakeTrainer().Invoking(t => t.Fit(BatchSource.From<double>(_ => throw new IOException("the disk is gone"))))
            .Should().Throw<IOException>().WithMessage("the disk is gone");

    [Fact]
    public void A_batch_that_does_not_fit_is_refused_by_its_number()
    {
        Matrix<double> wide = Matrix<double>.Build.Dense(3, 4);
        MakeTrainer().Invoking(
            t => t.Fit(BatchSource.From(_ => Batches(10).Append(new(wide, Matrix<double>.Build.Dense(2, 4))))))
            .Should().Throw<InvalidOperationException>()
            .WithMessage(
                "Batch 6 of epoch 1 has 3 features and 2 target rows per sample, but the network takes 2 features and "
                + "gives 2 outputs.");
    }

    [Fact]
    public void A_source_without_batches_is_refused() =>
        MakeTrainer().Invoking(t => t.Fit(BatchSource.From<double>(_ => [])))
            .Should().Throw<InvalidOperationException>().WithMessage("The source gave no batch in epoch 1. Check*");

    [Fact]
    public void Cancelling_does_not_wait_for_the_source()
    {
        using var cancellation = new CancellationTokenSource();
        using var never = new ManualResetEventSlim();
        IEnumerable<Batch<double>> Stuck()
        {
            yield return Batches(10).First();
            cancellation.Cancel();
            never.Wait();
            yield break;
        }

        TrainingHistory history = MakeTrainer()
            .Fit(BatchSource.From(_ => Stuck()), cancellationToken: cancellation.Token);
        never.Set();
        history.WasCancelled.Should().BeTrue();
        history.Epochs.Should().ContainSingle().Which.IsComplete.Should().BeFalse();
    }

    [Fact]
    public void A_schedule_must_know_the_number_of_steps()
    {
        MakeTrainer().Invoking(t => t.Fit(BatchSource.From(_ => Batches(10)), new() { Schedule = new CosineDecay() }))
            .Should().Throw<ArgumentException>().WithMessage("A schedule needs to know how many steps*");
        MakeTrainer().Fit(BatchSource.From(_ => Batches(10)), new() { Schedule = new CosineDecay(), Steps = 7 }).Epochs
            .Select(epoch => (epoch.IsComplete, epoch.Samples)).Should().Equal((true, 50), (false, 20));
    }

    [Fact]
    public void A_batch_needs_samples_that_belong_together()
    {
        Matrix<double> two = Matrix<double>.Build.Dense(2, 2);
        FluentActions.Invoking(() => new Batch<double>(two, Matrix<double>.Build.Dense(2, 3)))
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new Batch<double>(two, two, [1.0]))
            .Should().Throw<ArgumentException>().WithMessage("*2 samples, but 1 weight.*");
    }

    [Fact]
    public void A_batch_of_no_sample_is_refused() =>
        FluentActions.Invoking(
            () => new Batch<double>(Matrix<double>.Build.Dense(2, 0), Matrix<double>.Build.Dense(2, 0)))
            .Should().Throw<ArgumentException>().WithMessage("*at least one sample*").WithParameterName("inputs");

    [Fact]
    public void A_source_that_gives_null_is_refused() =>
        MakeTrainer().Invoking(t => t.Fit(BatchSource.From(_ => Batches(10).Take(2).Append(null!))))
            .Should().Throw<InvalidOperationException>().WithMessage("The source gave null for batch 3 of epoch 1.");

    [Fact]
    public void A_source_of_no_batches_in_every_epoch_is_refused()
    {
        FluentActions.Invoking(() => BatchSource.From(_ => Batches(10), batchesPerEpoch: 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("batchesPerEpoch");
        FluentActions.Invoking(() => BatchSource.From((_, _) => Later(10), batchesPerEpoch: 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("batchesPerEpoch");
    }

    [Fact]
    public void A_stream_has_no_share_to_validate_with() =>
        MakeTrainer().Invoking(t => t.Fit(BatchSource.From(_ => Batches(10)), new() { ValidationSplit = 0.2 }))
            .Should().Throw<ArgumentException>().WithMessage("ValidationSplit needs samples in memory*")
            .WithParameterName("options");

    [Fact]
    public void A_source_is_told_that_training_is_over_and_its_complaints_about_it_are_not_heard()
    {
        var endless = new Endless(Batches(10).First());
        MakeTrainer().Fit(BatchSource.From(_ => endless), new() { Steps = 3 }).Epochs
            .Should().ContainSingle().Which.Samples.Should().Be(30);
        SpinWait.SpinUntil(() => endless.IsDisposed, TimeSpan.FromSeconds(10)).Should().BeTrue();
    }

    [Fact]
    public void What_is_left_of_a_stream_is_estimated_from_its_steps()
    {
        List<TrainingProgress> Reports(FitOptions<double> options)
        {
            var reports = new List<TrainingProgress>();
            options = new()
            {
                Epochs = options.Epochs,
                Steps = options.Steps,
                Progress = new Listener(reports),
                ProgressInterval = TimeSpan.Zero,
            };
            MakeTrainer().Fit(BatchSource.From(_ => Batches(10)), options);
            return reports;
        }

        List<TrainingProgress> known = Reports(new() { Epochs = 100, Steps = 10 });
        known.Should().HaveCount(10);
        known[^1].Remaining.Should().Be(TimeSpan.Zero, "all steps are made");
        known[0].Remaining.Should().BeGreaterThan(TimeSpan.Zero);
        known
            .Should().AllSatisfy(
                report => report.Remaining!.Value
                    .Should().BeLessThanOrEqualTo((report.Elapsed * 9) + TimeSpan.FromMilliseconds(1)));
        Reports(new() { Epochs = 2 })
            .Should().OnlyContain(report => report.Remaining == null, "nobody knows how many batches come");
    }

    [Fact]
    public void Class_weights_count_in_a_stream_whose_batches_have_no_weights()
    {
        Trainer<double> weighted = MakeTrainer();
        Trainer<double> byHand = MakeTrainer();
        weighted.Fit(BatchSource.From(_ => Batches(10)), new() { Epochs = 1, ClassWeights = [3, 0.5] });
        byHand.Fit(
            BatchSource.From(_ => Batches(10).Select(b => new Batch<double>(
                b.Inputs, b.Targets, [.. Enumerable.Range(0, b.Count).Select(j => b.Targets[0, j] == 1 ? 3 : 0.5)]))),
            new() { Epochs = 1 });
        Parameters(weighted).Should().Equal(Parameters(byHand)).And.NotEqual(Parameters(MakeTrainer()));
    }

    /// <summary>The same batch again and again; to end it is an error.</summary>
    private sealed class Endless(Batch<double> batch) : IEnumerable<Batch<double>>, IEnumerator<Batch<double>>
    {
        private volatile bool _isDisposed;

        public bool IsDisposed => _isDisposed;

        public Batch<double> Current => batch;

        object System.Collections.IEnumerator.Current => batch;

        public IEnumerator<Batch<double>> GetEnumerator() => this;

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => this;

        public bool MoveNext() => true;

        public void Reset() => throw new NotSupportedException();

        public void Dispose()
        {
            _isDisposed = true;
            throw new IOException("the disk is gone");
        }
    }

    private sealed class Listener(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }

    private IEnumerable<Batch<double>> Batches(int size)
    {
        for (int start = 0; start < _data.Count; start += size)
        {
            int count = Math.Min(size, _data.Count - start);
            yield return new(
                _data.Inputs.ColumnRange(start, count).ToMatrix(), _data.Targets.ColumnRange(start, count).ToMatrix());
        }
    }

    private async IAsyncEnumerable<Batch<double>> Later(int size)
    {
        foreach (Batch<double> batch in Batches(size))
        {
            await Task.Yield();
            yield return batch;
        }
    }

    private static Trainer<double> MakeTrainer() =>
        new(
            Network.Create<double>(2, seed: 1).Dense(6, new Tanh()).Dropout(0.2).Dense(2).Build(),
            new SoftmaxCrossEntropy(),
            new Adam(0.01));

    private static double[] Parameters(Trainer<double> trainer) =>
        trainer.Network.Parameters.SelectMany((Parameter<double> parameter) => parameter.Values.ToArray()).ToArray();
}
