using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Samples.Digits;
using NeuralNet.Training;
using Spectre.Console;

namespace NeuralNet.Samples.Tests;

public sealed class ConsoleReportTests : IDisposable
{
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Theory]
    [InlineData(AnsiSupport.Yes)]
    [InlineData(AnsiSupport.No)]
    public void A_run_shows_the_epochs_the_confusion_matrix_and_mistakes_and_ends_with_the_result(AnsiSupport ansi)
    {
        MnistData data = MnistData.Of(GeneratedDigits.Create(500, 200, seed: 1));
        Network<float> network = Network.Create<float>(data.Training.InputSize, seed: 1).Dense(10).Build();
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam());
        var report = new ConsoleReport(CreateConsole(ansi));

        IReadOnlyList<EpochRecord> epochs = [];
        TrainingHistory history = report.Train(data, epochs: 2, display =>
        {
            var recorder = new EpochRecorder(data.Test, display, page: null);
            epochs = recorder.Epochs;
            return trainer.Fit(
                data.Training,
                new FitOptions<float>
                {
                    Epochs = 2,
                    Metrics = [ModelFactory.Accuracy],
                    Callbacks = [recorder],
                    Progress = display,
                });
        });
        var result = new RunResult(Examination.Run(data, trainer), history) { Epochs = epochs };
        report.Finish(result);

        string text = _output.ToString();
        text.Should().Contain("Training on generated digits").And.Contain("Confusion matrix on generated digits")
            .And.Contain("mistakes on generated digits").And.Contain("taken for a");
        text.Should().Contain("test accuracy │ samples/s").And.Contain(result.BestLine);
        text.TrimEnd().Should().EndWith(result.LastLine);
        result.LastLine.Should().MatchRegex(@"^test accuracy \d+\.\d\d % \(\d+ of 200\) on generated digits$");
        text.Contains('\x1b', StringComparison.Ordinal).Should().Be(ansi == AnsiSupport.Yes);
    }

    [Theory]
    [InlineData(AnsiSupport.Yes)]
    [InlineData(AnsiSupport.No)]
    public void A_prediction_shows_the_image_and_the_probabilities_and_ends_with_the_digit(AnsiSupport ansi)
    {
        var prediction = new Prediction([0, 1, 1, 1], 2, [0.25f, 0.75f]);

        new ConsoleReport(CreateConsole(ansi)).Show(prediction);

        string text = _output.ToString();
        text.Should().Contain("▄").And.Contain("█").And.Contain("25.00 %").And.Contain("75.00 %");
        text.TrimEnd().Should().EndWith("It is a 1, with probability 75.00 %.");
    }

    [Fact]
    public async Task A_download_that_cannot_begin_shows_the_length_of_the_files()
    {
        var report = new ConsoleReport(CreateConsole(AnsiSupport.Yes));

        await report.DownloadAsync("cache", 11_594_722, async progress =>
        {
            progress.Report(new(0, 11_594_722));
            await Task.Delay(300);
        });

        _output.ToString().Should().Contain("0%").And.Contain("11.1").And.Contain("MB").And.NotContain("2147483647");
    }

    [Fact]
    public void A_test_shows_the_network_and_the_confusion_matrix_but_no_epochs()
    {
        MnistData data = MnistData.Of(GeneratedDigits.Create(10, 200, seed: 1));
        Network<float> network = Network.Create<float>(data.Training.InputSize, seed: 1).Dense(10).Build();
        var report = new ConsoleReport(CreateConsole(AnsiSupport.No));

        report.StartTest(data, network);
        report.FinishTest(Examination.Run(data, new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam())));

        string text = _output.ToString();
        text.Should().Contain("network 784-10, 7850 parameters").And.Contain("Confusion matrix")
            .And.NotContain("epoch");
    }

    [Fact]
    public void The_surest_mistakes_come_first_and_are_all_there()
    {
        MnistData data = MnistData.Of(GeneratedDigits.Create(10, 200, seed: 1));
        Network<float> network = Network.Create<float>(data.Training.InputSize, seed: 1).Dense(10).Build();
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam());
        trainer.Fit(data.Training, new FitOptions<float> { Epochs = 1 });

        TestResult result = Examination.Run(data, trainer);

        result.Confusion.Count.Should().Be(200);
        result.Mistakes.Should().HaveCount((int)(200 - result.Confusion.Correct)).And.NotBeEmpty();
        result.Mistakes.Select(mistake => mistake.Margin).Should().BeInDescendingOrder();
        result.Mistakes.Should().OnlyContain(
            mistake => mistake.Actual == mistake.Sample % 10 && mistake.Predicted != mistake.Actual);
    }

    private IAnsiConsole CreateConsole(AnsiSupport ansi)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = ansi,
            ColorSystem = ansi == AnsiSupport.Yes ? ColorSystemSupport.TrueColor : ColorSystemSupport.NoColors,
            Interactive = ansi == AnsiSupport.Yes ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(_output),
        });
        console.Profile.Width = 80;
        return console;
    }
}
