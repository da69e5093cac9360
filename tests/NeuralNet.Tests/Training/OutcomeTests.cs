using NeuralNet.Batches;
using NeuralNet.Callbacks;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

/// <summary>The end of a run is told exactly, and the best parameters are put back whatever it was.</summary>
public sealed class OutcomeTests : IDisposable
{
    private readonly DataSet<float> _data = TestData.Diagonal<float>(40, seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("outcome-").FullName;

    public static TheoryData<string, TrainingOutcome> Ends { get; } = new()
    {
        { "epochs", TrainingOutcome.Completed },
        { "steps", TrainingOutcome.Completed },
        { "stop", TrainingOutcome.Stopped },
        { "cancel", TrainingOutcome.Cancelled },
        { "cancel and throw", TrainingOutcome.Cancelled },
        { "cancel in a callback", TrainingOutcome.Cancelled },
        { "diverge", TrainingOutcome.Diverged },
        { "callback", TrainingOutcome.Failed },
        { "source", TrainingOutcome.Failed },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Ends))]
    public void The_outcome_is_told_to_callbacks_and_the_log(string how, TrainingOutcome outcome)
    {
        (TrainingHistory? history, TrainingContext<float> context, _) = Run(how, new CsvLog<float>(Log));
        context.Outcome.Should().Be(outcome);
        context.WasCancelled.Should().Be(outcome == TrainingOutcome.Cancelled);
        context.StoppedBy.Should().Be(outcome == TrainingOutcome.Stopped ? "Course" : null);
        if (history is not null)
        {
            (history.Outcome, history.StoppedBy, history.WasCancelled)
                .Should().Be((outcome, context.StoppedBy, context.WasCancelled));
        }

        string[] rows = File.ReadAllLines(Log);
        rows[^1].Should().EndWith("," + outcome);
        rows[^1].Split(',').Should().HaveCount(rows[0].Split(',').Length);
        rows[1..^1].Should().OnlyContain(row => row.EndsWith(','));
        rows[1..].Select(row => row.Split(',')[0])
            .Should().Equal(Enumerable.Range(1, context.Epoch).Select(epoch => $"{epoch}"));
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void The_parameters_of_the_best_epoch_are_put_back(string how, TrainingOutcome outcome)
    {
        outcome.Should().BeDefined();
        var stopping = new EarlyStopping<float>(patience: 100);
        (_, TrainingContext<float> context, List<(double Loss, float[] Parameters)> epochs) = Run(how, stopping);
        stopping.BestEpoch.Should().BeGreaterThan(0);
        (double Loss, float[] Parameters) best = epochs.MinBy(epoch => epoch.Loss);
        stopping.Best.Should().Be(best.Loss);
        Parameters(context.Network).Should().Equal(best.Parameters);
    }

    [Fact]
    public void A_run_that_fails_before_it_starts_gets_no_parameters_of_an_earlier_one()
    {
        var stopping = new EarlyStopping<float>();
        Trainer<float> trainer = MakeTrainer(0.1);
        trainer.Fit(_data, new() { Epochs = 2, Callbacks = [stopping] });
        trainer.Step(_data.Inputs, _data.Targets);
        float[] before = Parameters(trainer.Network);
        trainer.Invoking(
            t => t.Fit(_data, new() { Callbacks = [new CsvLog<float>(_folder + "/none/log.csv"), stopping] }))
            .Should().Throw<DirectoryNotFoundException>();
        Parameters(trainer.Network).Should().Equal(before);
    }

    [Fact]
    public void A_callback_that_fails_to_take_a_failure_neither_hides_it_nor_keeps_it_from_others()
    {
        var stopping = new EarlyStopping<float>();
        Trainer<float> trainer = MakeTrainer(0.1);
        float[]? best = null;
        trainer.Invoking(t => t.Fit(_data, new()
        {
            Epochs = 3,
            Callbacks =
            [
                new Course
                {
                    OnEpoch = (context, _) =>
                    {
                        if (context.Epoch == 2)
                        {
                            throw new IOException("first");
                        }

                        best = Parameters(context.Network);
                    },
                    OnFailure = () => throw new InvalidOperationException("second"),
                },
                stopping,
            ],
        })).Should().Throw<IOException>().WithMessage("first");
        Parameters(trainer.Network).Should().Equal(best);
    }

    [Fact]
    public void A_stopped_run_that_is_resumed_still_knows_who_stopped_it()
    {
        void Fit(Trainer<float> trainer, out TrainingHistory history) => history = trainer.Fit(_data, new()
        {
            Epochs = 9,
            Callbacks =
            [
                new Course { OnEpoch = (context, _) => context.Stop("enough") }, new Checkpointing<float>(_folder),
            ],
        });
        Fit(MakeTrainer(0.1), out _);
        Trainer<float> resumed = MakeTrainer(0.1);
        resumed.Resume(_folder);
        Fit(resumed, out TrainingHistory history);
        (history.Outcome, history.StopReason, history.StoppedBy, history.Epochs.Count)
            .Should().Be((TrainingOutcome.Stopped, "enough", "Course", 1));
    }

    private string Log => Path.Combine(_folder, "log.csv");

    private (TrainingHistory?, TrainingContext<float>, List<(double Loss, float[] Parameters)>) Run(
        string how, ITrainingCallback<float> watched)
    {
        using var cancellation = new CancellationTokenSource();
        TrainingContext<float>? seen = null;
        List<(double Loss, float[] Parameters)> epochs = [];

        // So high that epochs differ: the best is not always the last.
        Trainer<float> trainer = MakeTrainer(30);
        var course = new Course
        {
            OnStart = context => seen = context,
            OnEpoch = (context, result) =>
            {
                if (result.IsComplete)
                {
                    epochs.Add((result.Loss, Parameters(context.Network)));
                }
            },
            OnBatch = context =>
            {
                if ((context.Epoch, context.Batch) != (4, 2))
                {
                    return;
                }

                switch (how)
                {
                    case "stop":
                        context.Stop("enough");
                        break;
                    case "cancel" or "cancel and throw":
                        cancellation.Cancel();
                        break;
                    case "cancel in a callback":
                        cancellation.Cancel();
                        context.Evaluate(_data);
                        break;
                    case "diverge":
                        context.Network.Parameters[0].Values[0] = float.NaN;
                        break;
                    case "callback":
                        throw new IOException("no");
                }
            },
        };
        var options = new FitOptions<float>
        {
            Epochs = how == "steps" ? 9 : 5,
            Steps = how == "steps" ? 18 : null,
            BatchSize = 10,
            Callbacks = [course, watched],
            ThrowWhenCancelled = how == "cancel and throw",
        };
        TrainingHistory? history = null;
        void Fit() => history = how == "source"
            ? trainer.Fit(BatchSource.From(Batches), options, cancellation.Token)
            : trainer.Fit(_data, options, cancellation.Token);
        if (how is "epochs" or "steps" or "stop" or "cancel")
        {
            Fit();
        }
        else
        {
            FluentActions.Invoking(Fit).Should().Throw<Exception>();
        }

        return (history, seen!, epochs);
    }

    private IEnumerable<Batch<float>> Batches(int epoch)
    {
        for (int start = 0; start < 40; start += 10)
        {
            yield return epoch == 4 && start == 20
                ? throw new IOException("the disk is gone")
                : new(_data.Inputs.ColumnRange(start, 10).ToMatrix(), _data.Targets.ColumnRange(start, 10).ToMatrix());
        }
    }

    private static Trainer<float> MakeTrainer(double rate) =>
        new(Network.Create<float>(2, seed: 1).Dense(2).Build(), new SoftmaxCrossEntropy(), new Sgd(rate));

    private static float[] Parameters(Network<float> network) =>
        [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    private sealed class Course : ITrainingCallback<float>
    {
        public Action<TrainingContext<float>>? OnStart { get; init; }

        public Action<TrainingContext<float>>? OnBatch { get; init; }

        public Action<TrainingContext<float>, EpochResult>? OnEpoch { get; init; }

        public Action? OnFailure { get; init; }

        public void OnTrainingStart(TrainingContext<float> context) => OnStart?.Invoke(context);

        public void OnBatchEnd(TrainingContext<float> context) => OnBatch?.Invoke(context);

        public void OnEpochEnd(TrainingContext<float> context, EpochResult result) => OnEpoch?.Invoke(context, result);

        public void OnTrainingFailed(TrainingContext<float> context, Exception exception) => OnFailure?.Invoke();
    }
}
