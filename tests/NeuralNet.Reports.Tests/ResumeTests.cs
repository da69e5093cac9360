using NeuralNet.Checkpoints;
using NeuralNet.Reports.Recording;
using NeuralNet.Training;

namespace NeuralNet.Reports.Tests;

/// <summary>A resumed run continues its curves.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_resumed_run_has_the_figures_of_one_that_was_never_interrupted()
    {
        Train(Runs.Classifier(), 6, new HtmlReport<float>(_folder["whole.html"]));
        Train(Runs.Classifier(), 6, new HtmlReport<float>(_folder["parts.html"]), stopAfter: 3);
        Trainer<float> resumed = Runs.Classifier();
        resumed.Resume(_folder["checkpoints"]).Should().NotBeNull();
        Train(resumed, 6, new HtmlReport<float>(_folder["parts.html"]));

        RunJson whole = RunFile.Read(_folder["whole.html"]);
        RunJson parts = RunFile.Read(_folder["parts.html"]);
        parts.Epochs.Should().Equal(1, 2, 3, 4, 5, 6);
        foreach (SeriesJson series in whole.Series.Where(series => series.Kind != FigureKind.Seconds))
        {
            parts.Series
                .Single(other => (other.Kind, other.Metric, other.Line) == (series.Kind, series.Metric, series.Line))
                .Values.Should().Equal(series.Values, $"{series.Kind} {series.Line}");
        }
    }

    [Fact]
    public void Without_the_page_of_before_the_layers_begin_anew_and_a_report_may_come_and_go()
    {
        Train(Runs.Classifier(), 4, report: null, stopAfter: 2);
        Trainer<float> resumed = Runs.Classifier();
        resumed.Resume(_folder["checkpoints"]);
        File.WriteAllText(_folder["parts.html"], "something else");
        Train(resumed, 4, new HtmlReport<float>(_folder["parts.html"]));

        RunJson run = RunFile.Read(_folder["parts.html"]);
        run.Series.First(series => series.Kind == FigureKind.Loss).Values.Should().NotContainNulls().And.HaveCount(4);
        run.Series.First(series => series.Kind == FigureKind.GradientNorm).Values.Take(2)
            .Should().OnlyContain(value => value == null);
    }

    private void Train(Trainer<float> trainer, int epochs, HtmlReport<float>? report, int? stopAfter = null)
    {
        using var cancellation = new CancellationTokenSource();
        List<ITrainingCallback<float>> callbacks = [new Checkpointing<float>(_folder["checkpoints"])];
        if (report is not null)
        {
            callbacks.Add(report);
        }

        if (stopAfter is { } epoch)
        {
            callbacks.Add(new Canceller(epoch, cancellation));
        }
        else if (trainer.StepCount == 0)
        {
            callbacks.RemoveAt(0);
        }

        trainer.Fit(Runs.Rings, Runs.Options(epochs, [.. callbacks]), cancellation.Token);
    }
}
