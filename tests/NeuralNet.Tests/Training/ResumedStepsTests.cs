using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

/// <summary>
/// A run that ends by its steps, interrupted after the last one, still lacks its validation and its end.
/// </summary>
public sealed class ResumedStepsTests : IDisposable
{
    private readonly DataSet<float> _data = TestData.Diagonal<float>(400, seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("steps-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public void The_last_epoch_and_its_validation_are_made_up_for(int steps)
    {
        TrainingHistory whole = MakeTrainer().Fit(_data, Options(steps, new Log()));
        Interrupt(steps);
        var log = new Log();
        Trainer<float> trainer = MakeTrainer();
        trainer.Resume(_folder).Should().NotBeNull();
        TrainingHistory history = trainer.Fit(_data, Options(steps, log));
        history.Outcome.Should().Be(TrainingOutcome.Completed);
        history.Epochs.Select(Figures).Should().Equal(whole.Epochs.Select(Figures));
        log.Ended.Should().Equal((steps + 3) / 4);
        log.Batches.Should().Be(0, "all steps were made before");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public void Cancelled_before_it_begins_it_stays_interrupted(int steps)
    {
        Interrupt(steps);
        Trainer<float> trainer = MakeTrainer();
        trainer.Resume(_folder).Should().NotBeNull();
        trainer.Fit(_data, Options(steps, new Log()), new CancellationToken(canceled: true))
            .Outcome.Should().Be(TrainingOutcome.Cancelled);
        trainer.Fit(_data, Options(steps, new Log())).Epochs[^1].Validation.Should().NotBeNull();
    }

    private static (int Epoch, bool IsComplete, long Samples, double Loss, double Validation) Figures(
        EpochResult result) =>
        (result.Epoch, result.IsComplete, result.Samples, result.Loss, result.Validation!.Loss);

    /// <summary>Cancels at the last step, and so during the validation after it.</summary>
    private void Interrupt(int steps)
    {
        using var cancellation = new CancellationTokenSource();
        var log = new Log
        {
            OnBatch = made =>
            {
                if (made == steps)
                {
                    cancellation.Cancel();
                }
            },
        };
        MakeTrainer().Fit(_data, Options(steps, log), cancellation.Token)
            .Outcome.Should().Be(TrainingOutcome.Cancelled);
    }

    private FitOptions<float> Options(int steps, Log log) => new()
    {
        Epochs = 10,
        Steps = steps,
        BatchSize = 100,
        CheckFirstEpoch = false,
        Validation = _data,
        Callbacks = log.OnBatch is null && !Directory.EnumerateFiles(_folder).Any()
            ? [log]
            : [log, new Checkpointing<float>(_folder)],
    };

    private static Trainer<float> MakeTrainer() =>
        new(Network.Create<float>(2, seed: 1).Dense(2).Build(), new SoftmaxCrossEntropy(), new Adam());

    private sealed class Log : ITrainingCallback<float>
    {
        public Action<int>? OnBatch { get; init; }

        public int Batches { get; private set; }

        public List<int> Ended { get; } = [];

        public void OnBatchEnd(TrainingContext<float> context) => OnBatch?.Invoke(++Batches);

        public void OnBatchStart(TrainingContext<float> context) => Batches += OnBatch is null ? 1 : 0;

        public void OnEpochEnd(TrainingContext<float> context, EpochResult result) => Ended.Add(result.Epoch);
    }
}
