using System.Diagnostics;
using System.Diagnostics.Metrics;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

/// <summary>Others train at the same time, so only what comes on the test's own thread counts.</summary>
[Collection(nameof(TelemetryTests))]
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
public sealed class TelemetryTests
{
    private readonly DataSet<float> _data = TestData.Diagonal<float>(103, seed: 1);

    [Fact]
    public void Batches_steps_and_epochs_are_measured()
    {
        using var meters = new Meters();
        TrainingHistory history = MakeTrainer()
            .Fit(_data, new() { Epochs = 2, BatchSize = 25, AccumulationSteps = 2, Validation = _data });
        meters.Of("neuralnet.training.steps").Should().Equal(1, 1, 1, 1, 1, 1);
        meters.Of("neuralnet.training.samples").Should().Equal(25, 25, 25, 25, 3, 25, 25, 25, 25, 3);
        meters.Of("neuralnet.training.loss").Should().HaveCount(10).And.OnlyContain(loss => loss > 0);
        meters.Of("neuralnet.training.learning_rate").Should().HaveCount(10).And.OnlyContain(rate => rate == 0.25);
        meters.Of("neuralnet.training.epoch.duration")
            .Should().Equal(history.Epochs.Select(epoch => epoch.Duration.TotalSeconds));
        meters.Of("neuralnet.training.validation.loss")
            .Should().Equal(history.Epochs.Select(epoch => epoch.Validation!.Loss));
        meters.Units.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["neuralnet.training.steps"] = "{step}",
            ["neuralnet.training.samples"] = "{sample}",
            ["neuralnet.training.loss"] = "1",
            ["neuralnet.training.learning_rate"] = "1",
            ["neuralnet.training.epoch.duration"] = "s",
            ["neuralnet.training.validation.loss"] = "1",
            ["neuralnet.training.warnings"] = "{warning}",
        });
    }

    [Fact]
    public void Warnings_are_counted_by_kind()
    {
        using var meters = new Meters();
        MakeTrainer(1e-9)
            .Fit(new DataSet<float>(_data.Inputs.ToMatrix() * 100, _data.Targets.ToMatrix()), new() { Epochs = 1 });
        meters.Of("neuralnet.training.warnings").Should().Equal(1);
        meters.Tags
            .Should().ContainSingle()
            .Which.Should().Be(new KeyValuePair<string, object?>("neuralnet.warning.kind", "UnscaledInputs"));
    }

    [Fact]
    public void A_run_is_an_activity_and_its_epochs_are_within()
    {
        using var activities = new Activities();
        MakeTrainer().Fit(_data, new() { Epochs = 2, Validation = _data });
        activities.All.Select(activity => activity.OperationName).Should().Equal("epoch", "epoch", "fit");
        Activity fit = activities.All[2];
        activities.All.Take(2).Should().OnlyContain(epoch => epoch.ParentId == fit.Id);
        fit.Status.Should().Be(ActivityStatusCode.Unset);
        fit.GetTagItem("neuralnet.outcome").Should().Be("Completed");
        fit.GetTagItem("neuralnet.optimizer").Should().Be("Sgd");
        fit.GetTagItem("neuralnet.objective").Should().Be("softmax cross-entropy");
        fit.GetTagItem("neuralnet.network.parameters").Should().Be(6L);
        fit.GetTagItem("neuralnet.epochs.done").Should().Be(2);
        activities.All[1].GetTagItem("neuralnet.epoch").Should().Be(2);
        activities.All[1].GetTagItem("neuralnet.samples").Should().Be(103);
        activities.All[1].GetTagItem("neuralnet.validation.loss").Should().BeOfType<double>();
    }

    [Fact]
    public void A_run_that_diverges_is_an_error()
    {
        using var activities = new Activities();
        FluentActions.Invoking(() => MakeTrainer(1e39).Fit(_data)).Should().Throw<Exception>();
        activities.All.Should().HaveCount(2).And.OnlyContain(activity => activity.Status == ActivityStatusCode.Error);
        activities.All[1].Events.Should().ContainSingle(e => e.Name == "exception");
        activities.All[1].GetTagItem("neuralnet.outcome").Should().Be("Diverged");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_that_is_cancelled_is_neither_completed_nor_an_error(bool byException)
    {
        using var activities = new Activities();
        using var cancellation = new CancellationTokenSource();
        Record.Exception(() => MakeTrainer().Fit(
            _data,
            new() { Callbacks = [new Cancel(cancellation, byException)] },
            cancellation.Token));
        activities.All.Select(activity => activity.OperationName).Should().Equal("epoch", "fit");
        activities.All.Should().OnlyContain(activity => activity.Status == ActivityStatusCode.Unset);
        activities.All[1].GetTagItem("neuralnet.outcome").Should().Be("Cancelled");
        activities.All[1].GetTagItem("neuralnet.cancelled").Should().Be(true);
    }

    [Fact]
    public void Where_nobody_listens_there_is_no_activity_and_nothing_to_measure()
    {
        TrainingTelemetry.ListensToBatches.Should().BeFalse();
        TrainingTelemetry.Start("fit").Should().BeNull();
        Allocations.WhenWarm(() =>
        {
            _ = TrainingTelemetry.ListensToBatches;
            TrainingTelemetry.CountStep();
        }).Should().Be(0);
    }

    [Fact]
    public void The_same_bits_come_whether_anybody_listens_or_not()
    {
        Trainer<float> alone = MakeTrainer();
        alone.Fit(_data, new() { Epochs = 2 });
        using var meters = new Meters();
        using var activities = new Activities();
        Trainer<float> watched = MakeTrainer();
        watched.Fit(_data, new() { Epochs = 2 });
        watched.Network.Parameters[0].Values.ToArray().Should().Equal(alone.Network.Parameters[0].Values.ToArray());
    }

    private static Trainer<float> MakeTrainer(double rate = 0.25) =>
        new(Network.Create<float>(2, seed: 1).Dense(2).Build(), new SoftmaxCrossEntropy(), new Sgd(rate));

    private sealed class Cancel(CancellationTokenSource source, bool throws) : ITrainingCallback<float>
    {
        public void OnBatchEnd(TrainingContext<float> context)
        {
            source.Cancel();
            if (throws)
            {
                source.Token.ThrowIfCancellationRequested();
            }
        }
    }

    private sealed class Meters : IDisposable
    {
        private readonly int _thread = Environment.CurrentManagedThreadId;
        private readonly MeterListener _listener = new();
        private readonly List<(string Name, double Value)> _measurements = [];

        public Meters()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "NeuralNet.Training")
                {
                    Units[instrument.Name] = instrument.Unit!;
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.Start();
        }

        public Dictionary<string, string> Units { get; } = [];

        public List<KeyValuePair<string, object?>> Tags { get; } = [];

        public IEnumerable<double> Of(string name) => _measurements.Where(m => m.Name == name).Select(m => m.Value);

        public void Dispose() => _listener.Dispose();

        private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (Environment.CurrentManagedThreadId == _thread)
            {
                _measurements.Add((instrument.Name, value));
                Tags.AddRange(tags);
            }
        }
    }

    private sealed class Activities : IDisposable
    {
        private readonly int _thread = Environment.CurrentManagedThreadId;
        private readonly ActivityListener _listener;

        public Activities()
        {
            _listener = new()
            {
                ShouldListenTo = source => source.Name == "NeuralNet.Training",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity =>
                {
                    if (Environment.CurrentManagedThreadId == _thread)
                    {
                        All.Add(activity);
                    }
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public List<Activity> All { get; } = [];

        public void Dispose() => _listener.Dispose();
    }
}
