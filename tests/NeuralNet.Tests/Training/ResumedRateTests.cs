using NeuralNet.Batches;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

/// <summary>
/// Rates and the time that remains count what the run's own clocks have seen, and times those of all its parts.
/// </summary>
public sealed class ResumedRateTests : IDisposable
{
    // A batch of 10 samples takes at least 5 ms: a pause is a little more.
    private const int Pause = 5;
    private const double MostPerSecond = 10 * 1000.0 / Pause;

    private readonly DataSet<float> _data = TestData.Diagonal<float>(400, seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("rates-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("memory")]
    [InlineData("stream")]
    [InlineData("stream of known length")]
    public void A_resumed_run_does_not_count_what_was_done_before(string kind)
    {
        List<TrainingProgress> reports = [];
        Fit(kind, [], stopAt: (2, 5), Epochs(3));
        Fit(kind, [], stopAt: (2, 35), Epochs(3));
        TrainingHistory history = Fit(kind, reports, stopAt: null, Epochs(3));

        // The first report comes with 36 samples of the epoch on a clock that has seen one.
        reports[0].Samples.Should().BeGreaterThanOrEqualTo(350);
        reports.Should().OnlyContain(report => report.SamplesPerSecond <= MostPerSecond);
        history.Epochs.Should().HaveCount(3).And.OnlyContain(epoch => epoch.SamplesPerSecond <= MostPerSecond);
        history.Epochs.Should().OnlyContain(epoch => epoch.Duration >= TimeSpan.FromMilliseconds(40 * Pause));
        history.Duration.Should().BeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(3 * 40 * Pause));
        reports[0].Elapsed.Should().BeGreaterThan(TimeSpan.FromMilliseconds(75 * Pause), "all parts of the run count");

        if (kind == "stream")
        {
            reports.Should().OnlyContain(report => report.Remaining == null);
            return;
        }

        // 45 batches are left after the first report, at 5 ms and more each.
        reports[0].Remaining.Should().BeGreaterThan(TimeSpan.FromMilliseconds(40 * Pause));
        reports[^1].Remaining.Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("stream")]
    public void The_time_that_steps_take_is_that_of_the_steps_of_this_run(string kind)
    {
        List<TrainingProgress> reports = [];
        var options = new FitOptions<float> { Steps = 100 };
        Fit(kind, [], stopAt: (2, 35), options);
        Fit(kind, reports, stopAt: null, options);
        reports[0].Remaining.Should().BeGreaterThan(TimeSpan.FromMilliseconds(20 * Pause))
            .And.BeLessThan(TimeSpan.FromMinutes(1), "steps end the run, and not its epochs without limit");
        reports[^1].Remaining.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void A_run_of_which_only_a_validation_is_left_has_no_rate()
    {
        using var cancellation = new CancellationTokenSource();
        FitOptions<float> Options(List<TrainingProgress> reports, Action<TrainingContext<float>> act) => new()
        {
            Epochs = 1,
            BatchSize = 100,
            Validation = _data,
            Progress = new Listener(reports),
            ProgressInterval = TimeSpan.Zero,
            Callbacks = [new Slow(act), new Checkpointing<float>(_folder)],
        };
        MakeTrainer().Fit(
            _data,
            Options([], context =>
            {
                if (context.Batch == 4)
                {
                    cancellation.Cancel();
                }
            }),
            cancellation.Token);
        List<TrainingProgress> reports = [];
        Trainer<float> trainer = MakeTrainer();
        trainer.Resume(_folder).Should().NotBeNull();
        TrainingHistory history = trainer.Fit(_data, Options(reports, _ => { }));
        history.Epochs.Should().ContainSingle().Which.Validation.Should().NotBeNull();
        reports.Should().ContainSingle().Which.Remaining.Should().Be(TimeSpan.Zero);
        double.IsNaN(reports[0].SamplesPerSecond).Should().BeFalse();
    }

    private static FitOptions<float> Epochs(int epochs) => new() { Epochs = epochs };

    private TrainingHistory Fit(
        string kind, List<TrainingProgress> reports, (int Epoch, int Batch)? stopAt, FitOptions<float> options)
    {
        using var cancellation = new CancellationTokenSource();
        Trainer<float> trainer = MakeTrainer();
        trainer.Resume(_folder);
        var all = new FitOptions<float>
        {
            Epochs = options.Epochs,
            Steps = options.Steps,
            BatchSize = 10,
            CheckFirstEpoch = false,
            Progress = new Listener(reports),
            ProgressInterval = TimeSpan.Zero,
            Callbacks =
            [
                new Slow(context =>
                {
                    if ((context.Epoch, context.Batch) == stopAt)
                    {
                        cancellation.Cancel();
                    }
                }),
                new Checkpointing<float>(_folder),
            ],
        };
        return kind == "memory"
            ? trainer.Fit(_data, all, cancellation.Token)
            : trainer.Fit(BatchSource.From(_ => Batches(), kind == "stream" ? null : 40), all, cancellation.Token);
    }

    private IEnumerable<Batch<float>> Batches()
    {
        for (int start = 0; start < _data.Count; start += 10)
        {
            yield return new(
                _data.Inputs.ColumnRange(start, 10).ToMatrix(), _data.Targets.ColumnRange(start, 10).ToMatrix());
        }
    }

    private static Trainer<float> MakeTrainer() =>
        new(Network.Create<float>(2, seed: 1).Dense(2).Build(), new SoftmaxCrossEntropy(), new Sgd(0.1), threads: 1);

    private sealed class Listener(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }

    private sealed class Slow(Action<TrainingContext<float>> act) : ITrainingCallback<float>
    {
        public void OnBatchStart(TrainingContext<float> context) => Thread.Sleep(Pause + 1);

        public void OnBatchEnd(TrainingContext<float> context) => act(context);
    }
}
