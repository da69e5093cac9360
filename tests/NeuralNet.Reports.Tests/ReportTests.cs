using System.Xml.Linq;
using NeuralNet.Callbacks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Reports.Tests;

/// <summary>The report of a run, as it is written while the run goes on and at its end.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_page_needs_nothing_else_and_shows_the_whole_run()
    {
        var report = new HtmlReport<float>(_folder["report.html"]);
        TrainingHistory history = Runs.Classifier().Fit(Runs.Rings, Runs.Options(3, report));

        report.LastFailure.Should().BeNull();
        string html = File.ReadAllText(_folder["report.html"]);
        html.Should().Be(report.ToHtml());
        html.Should().NotContain("<script").And.NotContain("url(").And.NotContain("@import").And.NotContain("http");
        XElement page = Runs.Parse(html);
        page.Descendants().Attributes().Where(a => a.Name.LocalName is "src" or "href")
            .Should().OnlyContain(a => a.Value.StartsWith("data:", StringComparison.Ordinal));
        Runs.Headings(page).Should().Equal(
            "Learning curves", "Confusion matrix of the validation samples", "Classes of the validation samples",
            "The surest mistakes of the validation samples", "Layers", "Epoch by epoch", "Settings");
        Runs.Headings(page, "h3").Should().Equal(
            "Loss", "Accuracy, %", "Learning rate", "Seconds of training", "Gradient norm", "Weight norm",
            "Dead units, %");
        string[][] epochs = Runs.Rows(page, "validation accuracy");
        epochs.Select(row => row[0]).Should().Equal("1", "2", "3");
        epochs.Select(row => row[^2]).Should().Equal(history.Epochs.Select(
            epoch => FormattableString.Invariant($"{100 * epoch.Validation!.Metrics["accuracy"]:F2} %")));
    }

    [Fact]
    public void The_settings_tell_what_was_run_by_which_version()
    {
        XElement page = Runs.Parse(
            Runs.Page(new() { CommandLine = "train --fast", Settings = [new("data", "rings")] }));

        Dictionary<string, string> settings = page.Descendants("table")
            .Single(table => (string?)table.Attribute("class") == "settings").Descendants("tr")
            .ToDictionary(row => row.Element("th")!.Value, row => row.Element("td")!.Value);
        settings["data"].Should().Be("rings");
        settings["network"].Should().Be("2 → 12 → 3, ReLU, 75 parameters");
        settings["optimizer"].Should().Contain("learning rate 0.02").And.Contain("10⁻⁸").And.NotContain("E-");
        settings["seed"].Should().Be("42");
        settings["batch size"].Should().Be("16");
        settings["command line"].Should().Be("train --fast");
        settings["runtime"].Should().StartWith(".NET ");
        settings["NeuralNet"].Should().NotBeEmpty();
    }

    [Fact]
    public void A_report_changes_no_bit_of_the_run()
    {
        Trainer<float> alone = Runs.Classifier();
        alone.Fit(Runs.Rings, Runs.Options(4));
        Trainer<float> watched = Runs.Classifier();
        watched.Fit(
            Runs.Rings,
            Runs.Options(4, new HtmlReport<float>(_folder["r.html"], new() { Interval = TimeSpan.Zero })));

        watched.Network.Predict(Runs.Rings.Inputs).AsColumnMajorArray().Should()
            .Equal(alone.Network.Predict(Runs.Rings.Inputs).AsColumnMajorArray());
    }

    [Fact]
    public void The_same_run_gives_the_same_page_but_for_times() =>
        WithoutTimes(Runs.Page()).Should().Be(WithoutTimes(Runs.Page()));

    [Fact]
    public void The_network_that_is_looked_at_is_that_of_the_end_wherever_the_report_stands()
    {
        var report = new HtmlReport<float>(path: null);
        Trainer<float> trainer = Runs.Classifier();
        trainer.Fit(Runs.Rings, Runs.Options(400, report, new EarlyStopping<float>(2)));

        double loss = trainer.Evaluate(Runs.Rings).Loss;
        Runs.Parse(report.ToHtml()).Descendants("div").Where(div => (string?)div.Attribute("class") == "tile")
            .Select(tile => tile.Value).Should().Contain(Html.FigureText.Of(loss) + "validation loss");
        report.ToHtml().Should().Contain("Stopped after ");
    }

    [Fact]
    public void Further_data_have_a_line_of_their_own()
    {
        var report = new HtmlReport<float>(path: null);
        Runs.Classifier().Fit(Runs.Rings, Runs.Options(2, new Tester(report), report));

        XElement page = Runs.Parse(report.ToHtml());
        Runs.Points(Runs.Chart(page, "Loss")).Should().HaveCount(3);
        Runs.Rows(page, "test loss").Should().HaveCount(2);
    }

    [Fact]
    public void A_run_that_diverged_says_so()
    {
        var report = new HtmlReport<float>(_folder["report.html"]);
        var trainer = new Trainer<float>(
            Runs.Classifier().Network, new NeuralNet.Losses.SoftmaxCrossEntropy(), new Sgd(1e30));
        trainer.Invoking(t => t.Fit(Runs.Rings, Runs.Options(3, report)))
            .Should().Throw<TrainingDivergedException>();

        string status = Runs.Parse(File.ReadAllText(_folder["report.html"])).Descendants("p")
            .Single(p => (string?)p.Attribute("class") == "status").Value;
        status.Should().StartWith("Diverged in epoch 1: ");
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_refused_before_the_run_and_costs_no_run()
    {
        Trainer<float> trainer = Runs.Classifier();
        trainer.Invoking(t => t.Fit(Runs.Rings, Runs.Options(1, new HtmlReport<float>(_folder["none/r.html"]))))
            .Should().Throw<IOException>();
        trainer.StepCount.Should().Be(0);

        Directory.CreateDirectory(_folder["later"]);
        var report = new HtmlReport<float>(_folder["later/r.html"]);
        TrainingHistory history = trainer.Fit(
            Runs.Rings, Runs.Options(2, report, new Remover(_folder["later"])));
        history.Outcome.Should().Be(TrainingOutcome.Completed);
        report.LastFailure.Should().BeOfType<DirectoryNotFoundException>();
        report.ToHtml().Should().Contain("Completed after 2 epochs");
    }

    [Fact]
    public void Options_that_do_not_fit_are_refused_before_the_run()
    {
        Trainer<float> trainer = Runs.Classifier();
        trainer.Invoking(t => t.Fit(
            Runs.Rings, Runs.Options(1, new HtmlReport<float>(null, new() { Names = ["one", "two"] }))))
            .Should().Throw<ArgumentException>().WithMessage("*each of the 3 outputs*there are 2 names*");
        trainer.StepCount.Should().Be(0);
        FluentActions.Invoking(() => new ReportOptions<float> { Interval = TimeSpan.FromSeconds(-1) })
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Interval");
        FluentActions.Invoking(() => new HtmlReport<float>(" ")).Should().Throw<ArgumentException>();
    }

    private static string WithoutTimes(string html)
    {
        XElement page = Runs.Parse(html);
        page.Element("head")!.Remove();
        Runs.Chart(page, "Seconds of training").Remove();
        page.Descendants("div").Where(div => (string?)div.Attribute("class") == "tile")
            .Where(tile => tile.Value.Contains(" training", StringComparison.Ordinal)
                || tile.Value.Contains("per second", StringComparison.Ordinal))
            .ToList().ForEach(tile => tile.Remove());
        page.Descendants("p").Where(p => p.Value.StartsWith("Written ", StringComparison.Ordinal)).Remove();
        XElement epochs = page.Descendants("table")
            .Last(table => table.Descendants("th").Any(th => th.Value == "time"));
        epochs.Descendants("tr").ToList().ForEach(row => row.LastNode!.Remove());
        return page.ToString();
    }

    private sealed class Tester(HtmlReport<float> report) : ITrainingCallback<float>
    {
        public void OnEpochEnd(TrainingContext<float> context, EpochResult result) =>
            report.Add("test", context.Evaluate(Runs.Rings));
    }

    private sealed class Remover(string folder) : ITrainingCallback<float>
    {
        public void OnEpochEnd(TrainingContext<float> context, EpochResult result)
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
