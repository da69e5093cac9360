using MathNet.Numerics.LinearAlgebra;
using Microsoft.Extensions.Logging;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Extensions.Logging.Tests;

public sealed class TrainingLogTests
{
    [Fact]
    public void A_run_is_its_begin_its_epochs_and_its_end()
    {
        TrainingHistory history = Train(LogLevel.Information, out ListLogger logger);
        logger.Entries.Select(entry => (entry.Level, entry.Event.Id, entry.Event.Name)).Should().Equal(
            (LogLevel.Information, 1, "TrainingStarted"),
            (LogLevel.Information, 2, "EpochEnded"),
            (LogLevel.Information, 2, "EpochEnded"),
            (LogLevel.Information, 4, "TrainingEnded"));
        logger.Entries[0].Text
            .Should().Be("Training of 6 parameters begins: loss softmax cross-entropy, optimizer Sgd, seed 1");
        logger.Entries[1].Values["Loss"].Should().Be(history.Epochs[0].Loss);
        logger.Entries[2].Values["Epoch"].Should().Be(2);
        logger.Entries[2].Values["Samples"].Should().Be(40L);
        logger.Entries[2].Text
            .Should().StartWith("Epoch 2: loss 0.").And.Contain("accuracy ").And.Contain("40 samples in ")
            .And.EndWith("learning rate 0.25");
        logger.Entries[3].Values["Reason"].Should().Be("all of its epochs are done");
        logger.Entries[3].Values["Outcome"].Should().Be(TrainingOutcome.Completed);
        logger.Entries[3].Text.Should().StartWith("Training ended (Completed); epochs: 2, seconds: ")
            .And.EndWith(", reason: all of its epochs are done");
    }

    [Theory]
    [InlineData("steps", TrainingOutcome.Completed, "all of its 3 steps are made")]
    [InlineData("stop", TrainingOutcome.Stopped, "enough (by Act)")]
    [InlineData("cancel", TrainingOutcome.Cancelled, "it was cancelled in epoch 2")]
    [InlineData("cancel in a callback", TrainingOutcome.Cancelled, "it was cancelled in epoch 2")]
    public void The_end_says_how_it_came_about(string how, TrainingOutcome outcome, string reason)
    {
        using var cancellation = new CancellationTokenSource();
        var act = new Act(context =>
        {
            switch (how)
            {
                case "stop":
                    context.Stop("enough");
                    break;
                case "cancel":
                    cancellation.Cancel();
                    break;
                case "cancel in a callback":
                    cancellation.Cancel();
                    cancellation.Token.ThrowIfCancellationRequested();
                    break;
            }
        });
        var logger = new ListLogger(LogLevel.Information);
        long? steps = how == "steps" ? 3 : null;
        Exception? exception = Record.Exception(() => Train(logger, act, steps, cancellation.Token));
        (exception is OperationCanceledException).Should().Be(how == "cancel in a callback");
        Entry end = logger.Entries[^1];
        (end.Level, end.Event.Id, end.Values["Outcome"], end.Values["Reason"])
            .Should().Be((LogLevel.Information, 4, outcome, reason));
    }

    [Theory]
    [InlineData("diverge", TrainingOutcome.Diverged)]
    [InlineData("throw", TrainingOutcome.Failed)]
    [InlineData("hostile", TrainingOutcome.Failed)]
    public void An_exception_that_ends_a_run_is_an_error(string how, TrainingOutcome outcome)
    {
        var logger = new ListLogger(LogLevel.Information);
        var act = new Act(context =>
        {
            if (how == "throw")
            {
                throw new IOException("the disk is full");
            }

            if (how == "hostile")
            {
                throw new IOException("\u001b[2J\r\n" + new string('x', 100_000));
            }

            context.Network.Parameters[0].Values[0] = float.NaN;
        });
        Exception? exception = Record.Exception(() => Train(logger, act, steps: null, CancellationToken.None));
        string reason = how == "hostile"
            ? "�[2J " + new string('x', 995) + "…"
            : exception!.Message.TrimEnd('.');
        Entry end = logger.Entries[^1];
        (end.Level, end.Event.Id, end.Event.Name, end.Values["Outcome"], end.Values["Epoch"], end.Values["Reason"])
            .Should().Be((LogLevel.Error, 7, "TrainingFailed", outcome, 2, reason));
    }

    [Fact]
    public void Validation_is_logged()
    {
        TrainingHistory history = Train(LogLevel.Information, out ListLogger logger, validates: true);
        logger.Entries[1].Event.Id.Should().Be(3);
        logger.Entries[1].Values["ValidationLoss"].Should().Be(history.Epochs[0].Validation!.Loss);
        logger.Entries[1].Text.Should().Contain("validation loss 0.");
    }

    [Fact]
    public void What_keeps_a_network_from_learning_is_a_warning()
    {
        TrainingHistory history = Train(LogLevel.Warning, out ListLogger logger, scale: 255);
        Entry entry = logger.Entries.Should().ContainSingle().Which;
        (entry.Level, entry.Event.Id, entry.Values["Layer"]).Should().Be((LogLevel.Warning, 5, "dense1"));
        entry.Text.Should().Be("UnscaledInputs (layer dense1): " + history.Warnings[0].Message);
    }

    [Fact]
    public void Batches_are_logged_where_they_are_asked_for()
    {
        Train(LogLevel.Trace, out ListLogger logger);
        Entry[] batches = [.. logger.Entries.Where(entry => entry.Event.Id == 6)];
        batches.Select(entry => (entry.Values["Epoch"], entry.Values["Batch"]))
            .Should().Equal((1, 1), (1, 2), (2, 1), (2, 2));
        batches.Should().OnlyContain(entry => entry.Level == LogLevel.Trace);
    }

    [Fact]
    public void A_logger_that_wants_nothing_gets_nothing()
    {
        Train(LogLevel.None, out ListLogger logger, scale: 255);
        logger.Entries.Should().BeEmpty();
        FluentActions.Invoking(() => new TrainingLog<float>(null!)).Should().Throw<ArgumentNullException>();
    }

    private static void Train(ListLogger logger, Act act, long? steps, CancellationToken cancellationToken)
    {
        Matrix<float> inputs = Matrix<float>.Build.Dense(2, 40, (i, j) => ((((i + 3) * (j + 1)) % 11) - 5) / 5f);
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(1).Build();
        new Trainer<float>(network, new MeanSquaredError(), new Sgd(0.25)).Fit(
            new DataSet<float>(inputs, Matrix<float>.Build.Dense(1, 40, 1)),
            new()
            {
                Epochs = 4,
                Steps = steps,
                BatchSize = 20,
                Callbacks = [act, new TrainingLog<float>(logger)],
            },
            cancellationToken);
    }

    private sealed class Act(Action<TrainingContext<float>> act) : ITrainingCallback<float>
    {
        public void OnBatchEnd(TrainingContext<float> context)
        {
            if ((context.Epoch, context.Batch) == (2, 1))
            {
                act(context);
            }
        }
    }

    private static TrainingHistory Train(LogLevel least, out ListLogger logger, bool validates = false, float scale = 1)
    {
        logger = new ListLogger(least);
        Matrix<float> inputs = Matrix<float>.Build.Dense(
            2, 40, (i, j) => scale * ((((i + 3) * (j + 1)) % 11) - 5) / 5f);
        DataSet<float> data = DataSet.FromLabels(
            inputs, [.. Enumerable.Range(0, 40).Select(j => inputs[0, j] > inputs[1, j] ? 1 : 0)], 2);
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(2).Build();
        return new Trainer<float>(network, new SoftmaxCrossEntropy(), new Sgd(0.25)).Fit(
            data,
            new()
            {
                Epochs = 2,
                BatchSize = 20,
                Metrics = [new Accuracy()],
                Validation = validates ? data : null,
                Callbacks = [new TrainingLog<float>(logger)],
            });
    }
}
