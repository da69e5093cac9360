using NeuralNet.Activations;
using NeuralNet.Callbacks;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Tests.Checkpoints;
using NeuralNet.Training;

namespace NeuralNet.Tests.Callbacks;

/// <summary>An average goes on bit for bit where the run was interrupted, wherever that was.</summary>
public sealed class AveragingResumeTests : IDisposable
{
    private const int Epochs = 5;

    private static readonly DataSet<double> _data = new(
        TestData.Uniform<double>(4, 31, seed: 2), TestData.Uniform<double>(3, 31, seed: 3));

    private readonly string _folder = Directory.CreateTempSubdirectory("averages-").FullName;

    public static TheoryData<string, int> Runs { get; } = new()
    {
        { "ema", 1 }, { "ema", 3 }, { "swa", 1 }, { "swa", 3 }, { "ema, growing", 2 },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Runs))]
    public void It_ends_in_the_bits_of_a_run_that_is_not_interrupted(string kind, int accumulation)
    {
        Trainer<double> whole = MakeTrainer(threads: 1);
        TrainingHistory expected = whole.Fit(_data, Options(accumulation, Averaging(kind)));
        string folder = Path.Combine(_folder, kind + accumulation);
        TrainingHistory history;
        int runs = 0;
        do
        {
            Trainer<double> trainer = MakeTrainer(threads: 1 + (runs++ % 3));
            trainer.Resume(folder);
            using var cancel = new CancellationTokenSource();
            history = trainer.Fit(
                _data,
                Options(
                    accumulation,
                    new Checkpointing<double>(folder),
                    Averaging(kind),
                    new ResumeTests.StopAfter<double>(accumulation + 2, cancel)),
                cancel.Token);
            if (!history.WasCancelled)
            {
                ResumeTests.Parameters(trainer.Network).Should().Equal(ResumeTests.Parameters(whole.Network));
            }
        }
        while (history.WasCancelled);

        runs.Should().BeGreaterThan(3);
        history.Epochs.Select(epoch => epoch.Validation!.Loss)
            .Should().Equal(expected.Epochs.Select(epoch => epoch.Validation!.Loss));
    }

    [Theory]
    [InlineData("ema", "swa", "*exponentialMovingAverage: * in the checkpoint, not set here*")]
    [InlineData("ema", "ema, growing", "*exponentialMovingAverage: *BiasCorrected*GrowingDecay*")]
    [InlineData("ema", "none", "*exponentialMovingAverage: * in the checkpoint, not set here*")]
    public void It_goes_on_with_the_same_settings_only(string before, string after, string message)
    {
        Interrupt(before);
        Trainer<double> resumed = MakeTrainer(threads: 1);
        resumed.Resume(_folder);
        double[] parameters = ResumeTests.Parameters(resumed.Network);
        resumed.Invoking(t => t.Fit(_data, after == "none" ? Options(1) : Options(1, Averaging(after))))
            .Should().Throw<CheckpointMismatchException>().WithMessage(message);
        ResumeTests.Parameters(resumed.Network).Should().Equal(parameters);
    }

    [Fact]
    public void A_checkpoint_holds_the_parameters_that_are_trained()
    {
        Interrupt("ema");
        Trainer<double> plain = MakeTrainer(threads: 1);
        plain.Fit(_data, new() { Steps = 6, BatchSize = 10 });
        Trainer<double> resumed = MakeTrainer(threads: 1);
        resumed.Resume(_folder);
        resumed.StepCount.Should().Be(6);
        ResumeTests.Parameters(resumed.Network).Should().Equal(ResumeTests.Parameters(plain.Network));
    }

    [Theory]
    [InlineData("other count")]
    [InlineData("other length")]
    [InlineData("other name")]
    [InlineData("too late")]
    public void A_state_that_is_not_its_own_is_refused(string change)
    {
        StochasticWeightAveraging<double> averaging = new(1, _data);
        CallbackState<double>? state = null;
        MakeTrainer(threads: 1).Fit(
            _data,
            Options(1, averaging, new Watch(context => state = averaging.SaveState())));
        state!.Arrays.Should().HaveCount(8);
        state.Numbers.Should().Equal(KeyValuePair.Create("count", 4.0), KeyValuePair.Create("lastEpoch", 4.0));
        switch (change)
        {
            case "other count":
                state.Numbers["count"] = 0;
                break;
            case "other length":
                state.Arrays["dense1.biases"] = new double[4];
                break;
            case "other name":
                state.Arrays.Remove("dense1.biases");
                state.Arrays["dense3.biases"] = new double[5];
                break;
            default:
                state.Numbers["lastEpoch"] = 6;
                break;
        }

        MakeTrainer(threads: 1).Invoking(t => t.Fit(
                _data, Options(1, averaging, new Watch(context => averaging.RestoreState(context, state)))))
            .Should().Throw<InvalidDataException>();
    }

    private void Interrupt(string kind)
    {
        using var cancel = new CancellationTokenSource();
        MakeTrainer(threads: 1).Fit(
            _data,
            Options(
                1,
                new Checkpointing<double>(_folder),
                Averaging(kind),
                new ResumeTests.StopAfter<double>(6, cancel)),
            cancel.Token);
    }

    private static ITrainingCallback<double> Averaging(string kind) => kind switch
    {
        "ema" => new ExponentialMovingAverage<double>(0.8, AverageStart.BiasCorrected),
        "ema, growing" => new ExponentialMovingAverage<double>(0.8, AverageStart.GrowingDecay),
        _ => new StochasticWeightAveraging<double>(2, _data),
    };

    private static Trainer<double> MakeTrainer(int threads) => new(
        Network.Create<double>(4, seed: 1).Dense(5, new Tanh()).BatchNormalization().Dropout(0.2).Dense(3).Build(),
        new MeanSquaredError(),
        new Adam(0.02),
        threads: threads);

    private static FitOptions<double> Options(int accumulation, params ITrainingCallback<double>[] callbacks) => new()
    {
        Epochs = Epochs,
        BatchSize = 10,
        AccumulationSteps = accumulation,
        Validation = _data,
        Callbacks = callbacks,
    };

    /// <summary>Does something after the first batch of the last epoch.</summary>
    private sealed class Watch(Action<TrainingContext<double>> action) : ITrainingCallback<double>
    {
        public void OnBatchEnd(TrainingContext<double> context)
        {
            if (context.Epoch == Epochs && context.Batch == 1)
            {
                action(context);
            }
        }
    }
}
