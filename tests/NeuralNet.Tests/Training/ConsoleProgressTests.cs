using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.ModelSelection;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

public class ConsoleProgressTests
{
    private static readonly DataSet<double> _data = new(
        Matrix<double>.Build.Dense(2, 20, (feature, sample) => (feature + sample) % 3),
        Matrix<double>.Build.Dense(1, 20, (_, sample) => sample % 2));

    [Fact]
    public void Elsewhere_than_in_a_terminal_there_is_a_line_for_each_epoch()
    {
        using var output = new StringWriter();

        NewTrainer().Fit(_data, new() { Epochs = 3, ValidationSplit = 0.2, Progress = new ConsoleProgress(output) });

        string[] lines = output.ToString().Split(Environment.NewLine);
        lines.Should().HaveCount(4).And.EndWith("");
        for (int epoch = 1; epoch <= 3; epoch++)
        {
            lines[epoch - 1].Should().MatchRegex(
                $@"^epoch {epoch} of 3: loss 0\.\d+; validation: loss 0\.\d+ \(\d+\.\d s\)$");
        }
    }

    [Fact]
    public void In_a_terminal_the_last_line_changes_and_those_of_the_epochs_stay()
    {
        using var output = new StringWriter();
        FitOptions<double> options = Options(output, epochs: 3, lineWidth: 100);

        NewTrainer().Fit(_data, options);

        string[] frames = output.ToString().Split('\r');
        frames.Should().Contain(frame => frame.StartsWith("epoch 2 of 3 [==========>         ] loss 0."));
        frames.Should().Contain(frame => frame.StartsWith("epoch 2 of 3 [====================] loss 0."));
        Screen(output).Should().HaveCount(3).And.OnlyContain(line => line.EndsWith(" s)"));
    }

    [Fact]
    public void What_is_written_next_begins_a_line_however_the_run_ended()
    {
        foreach (int? width in (int?[])[null, 100])
        {
            using var output = new StringWriter();
            var failure = new AtBatch(7, _ => throw new IOException());

            Action fit = () => NewTrainer().Fit(_data, Options(output, epochs: 3, width, failure));

            fit.Should().Throw<IOException>();
            output.ToString().Should().EndWith(Environment.NewLine);
            Screen(output)[0].Should().StartWith("epoch 1 of 3: loss");
        }
    }

    [Fact]
    public void An_epoch_that_was_ended_early_says_so()
    {
        using var output = new StringWriter();
        var end = new AtBatch(6, context => context.Stop("enough"));

        NewTrainer().Fit(_data, Options(output, epochs: 3, null, end));

        Screen(output).Should().HaveCount(2);
        Screen(output)[1].Should().StartWith("epoch 2 of 3: loss").And.EndWith(", ended early)");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(60)]
    public void Of_many_short_epochs_the_first_and_the_last_are_among_the_lines(int? width)
    {
        using var output = new StringWriter();

        NewTrainer().Fit(_data, Options(output, epochs: 300, width));

        string[] lines = Screen(output);
        lines.Length.Should().BeInRange(2, 200);
        lines[0].Should().StartWith("epoch 1 of 300: ");
        lines[^1].Should().StartWith("epoch 300 of 300: ");
    }

    [Fact]
    public void Nothing_but_a_finished_line_is_wider_than_the_terminal()
    {
        using var output = new StringWriter();

        NewTrainer().Fit(_data, Options(output, epochs: 2, lineWidth: 30));

        output.ToString().Split('\r').Where(frame => !frame.Contains('\n')).Should().HaveCountGreaterThan(4)
            .And.OnlyContain(frame => frame.Length < 30);
    }

    [Fact]
    public void A_run_of_steps_has_no_number_of_epochs()
    {
        using var output = new StringWriter();

        NewTrainer().Fit(_data, new() { Steps = 2, BatchSize = 20, Progress = new ConsoleProgress(output) });

        Screen(output)[1].Should().StartWith("epoch 2: loss ");
    }

    [Fact]
    public void The_folds_of_a_cross_validation_follow_each_other()
    {
        using var output = new StringWriter();

        CrossValidation.Run(_data, folds: 2, seed: 1, NewTrainer, Options(output, epochs: 2, lineWidth: 90));

        Screen(output).Select(line => line.Split(':')[0]).Should()
            .Equal("epoch 1 of 2", "epoch 2 of 2", "epoch 1 of 2", "epoch 2 of 2");
    }

    [Theory]
    [InlineData(TrainingOutcome.Completed, "1, 2, end")]
    [InlineData(TrainingOutcome.Stopped, "1, 2, end")]
    [InlineData(TrainingOutcome.Cancelled, "1, 2, end")]
    [InlineData(TrainingOutcome.Failed, "1, end")]
    public void A_receiver_is_told_of_epochs_and_of_the_end(TrainingOutcome outcome, string told)
    {
        var progress = new Recorder();
        using var cancellation = new CancellationTokenSource();
        var callback = new AtBatch(
            6,
            context =>
            {
                switch (outcome)
                {
                    case TrainingOutcome.Stopped: context.Stop("enough"); break;
                    case TrainingOutcome.Cancelled: cancellation.Cancel(); break;
                    case TrainingOutcome.Failed: throw new IOException();
                }
            });
        FitOptions<double> options = new() { Epochs = 2, BatchSize = 5, Callbacks = [callback], Progress = progress };
        Action fit = () => NewTrainer().Fit(_data, options, cancellation.Token);

        if (outcome == TrainingOutcome.Failed)
        {
            fit.Should().Throw<IOException>();
        }
        else
        {
            fit();
        }

        string.Join(", ", progress.Told).Should().Be(told);
        progress.Outcome.Should().Be(outcome);
    }

    [Fact]
    public void A_width_of_nothing_is_refused()
    {
        Action make = () => _ = new ConsoleProgress(TextWriter.Null, 0);

        make.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("lineWidth");
    }

    private static FitOptions<double> Options(
        TextWriter output, int epochs, int? lineWidth, params ITrainingCallback<double>[] callbacks) => new()
        {
            Epochs = epochs,
            BatchSize = 5,
            Callbacks = callbacks,
            Progress = new ConsoleProgress(output, lineWidth),
            ProgressInterval = TimeSpan.Zero,
        };

    /// <summary>What stands in a terminal after all: a return begins the line anew.</summary>
    private static string[] Screen(StringWriter output) =>
    [
        .. output.ToString().Split(Environment.NewLine).Select(line => line.Split('\r')[^1].TrimEnd()).SkipLast(1),
    ];

    private static Trainer<double> NewTrainer() => new(
        Network.Create<double>(2, seed: 1).Dense(3, new Tanh()).Dense(1).Build(),
        new MeanSquaredError(),
        new Sgd(0.01));

    private sealed class AtBatch(int batch, Action<TrainingContext<double>> act) : ITrainingCallback<double>
    {
        private int _seen;

        public void OnBatchEnd(TrainingContext<double> context)
        {
            if (++_seen == batch)
            {
                act(context);
            }
        }
    }

    private sealed class Recorder : ITrainingProgress
    {
        public List<string> Told { get; } = [];

        public TrainingOutcome? Outcome { get; private set; }

        public void Report(TrainingProgress value)
        {
        }

        public void ReportEpoch(TrainingProgress progress, EpochResult result) => Told.Add($"{result.Epoch}");

        public void ReportEnd(TrainingOutcome outcome)
        {
            Told.Add("end");
            Outcome = outcome;
        }
    }
}
