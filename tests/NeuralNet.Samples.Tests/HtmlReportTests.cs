using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NeuralNet.Evaluation;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Samples.Digits;
using NeuralNet.Samples.Digits.Html;
using NeuralNet.Samples.Digits.Images;
using NeuralNet.Training;

namespace NeuralNet.Samples.Tests;

public sealed class HtmlReportTests : IDisposable
{
    private static readonly MnistData _data = MnistData.Of(GeneratedDigits.Create(10, 100, seed: 1));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Training_writes_a_page_that_needs_nothing_else()
    {
        TinyDataSet.Write(_folder.Path);
        string path = _folder["report.html"];

        SampleRun run = await SampleRun.OfAsync(
            "--data", _folder.Path, "--hidden", "5", "--epochs", "3", "--validation-samples", "20",
            "--test-every-epoch", "--dropout", "0.25", "--learning-rate", "0.0125", "--schedule", "constant",
            "--report", path);

        run.ExitCode.Should().Be(ExitCode.Success);
        string html = File.ReadAllText(path);
        html.Should().StartWith("<!DOCTYPE html>\n<html lang=\"en\">");
        html.Should().NotContain("http").And.NotContain("//").And.NotContain("<script").And.NotContain("url(")
            .And.NotContain("@import");
        XElement page = XDocument.Parse(html).Root!;
        page.Descendants().Attributes().Where(a => a.Name.LocalName is "src" or "href")
            .Should().OnlyContain(a => a.Value.StartsWith("data:image/png;base64,", StringComparison.Ordinal));
        string accuracy = Regex.Match(run.Output[^1], @"\d+\.\d\d %").Value;
        page.Descendants("h1").Single().Value.Should().EndWith($": {accuracy} of the test samples read correctly");
        Rows(page, "settings").Should().ContainKey("dropout").WhoseValue.Should().Be("0.25");
        Rows(page, "settings")["learning rate"].Should().Be("0.0125");
        Rows(page, "settings")["data"].Should().Be(run.Output[0]);
        Rows(page, "settings")["network"].Should().Be(run.Output[1]);
    }

    [Fact]
    public void The_figures_of_every_epoch_are_in_the_charts_and_in_the_table()
    {
        XElement page = Parse(Report(
            Epoch(1, loss: 0.5, accuracy: 0.75, validation: 0.625, test: 0.5),
            Epoch(2, loss: 0.25, accuracy: 0.875, validation: 0.6875, test: 0.625)));

        XElement[] charts =
        [
            .. page.Descendants("figure").Where(figure => (string?)figure.Attribute("class") == "chart"),
        ];
        charts.Select(chart => chart.Descendants("strong").Single().Value).Should()
            .Equal("Loss", "Accuracy, %", "Learning rate at the end of each epoch");
        charts[1].Descendants("title").Select(title => title.Value).Should().Equal(
            "training, epoch 1: 75.00 %", "training, epoch 2: 87.50 %",
            "validation, epoch 1: 62.50 %", "validation, epoch 2: 68.75 %",
            "test, epoch 1: 50.00 %", "test, epoch 2: 62.50 %");
        charts[0].Descendants("polyline").Should().HaveCount(3);

        // Higher values stand higher, that is at a smaller y; later epochs further right.
        double[][] training = [.. ((string)charts[1].Descendants("polyline").First().Attribute("points")!).Split(' ')
            .Select(
                point =>
                    point.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())];
        training[1][0].Should().BeGreaterThan(training[0][0]);
        training[1][1].Should().BeLessThan(training[0][1]);

        XElement table = page.Descendants("table").Single(t => t.Descendants("th").Any(th => th.Value == "samples/s"));
        table.Descendants("tbody").Elements("tr")
            .Select(row => string.Join('|', row.Elements("td").Select(td => td.Value)))
            .Should().Equal(
                "1|0.003|0.5000|75.00 %|1.0000|62.50 %|2.0000|50.00 %|0.50|20",
                "2|0.003|0.2500|87.50 %|1.0000|68.75 %|2.0000|62.50 %|0.50|20");
        ((string?)table.Descendants("tr").Last().Attribute("class")).Should().Be("best");
    }

    [Fact]
    public void The_confusion_matrix_has_every_count_and_the_rates()
    {
        RunResult result = ResultOf(Epoch(1, 0.5, 0.5));
        XElement page = Parse(Report(result));

        XElement[] rows = [.. page.Descendants("table").Single(t => (string?)t.Attribute("class") == "confusion")
            .Element("tbody")!.Elements("tr")];
        rows.Should().HaveCount(11);
        for (int actual = 0; actual < 10; actual++)
        {
            string[] cells = [.. rows[actual].Elements("td").Select(td => td.Value)];
            cells[..10].Select(cell => cell == "·" ? 0 : double.Parse(cell, CultureInfo.InvariantCulture)).Should()
                .Equal(Enumerable.Range(0, 10).Select(predicted => result.Confusion[actual, predicted]));
            cells[10].Should().Be(FormattableString.Invariant($"{10.0 * result.Confusion[actual, actual]:F1} %"));
        }
    }

    [Fact]
    public void The_surest_mistakes_are_pictures_of_their_samples()
    {
        RunResult result = ResultOf(Epoch(1, 0.5, 0.5));
        XElement page = Parse(Report(result));

        XElement[] figures = [.. page.Descendants("div")
            .Single(div => (string?)div.Attribute("class") == "mistakes").Elements("figure")];
        figures.Should().HaveCount(24);
        for (int i = 0; i < figures.Length; i++)
        {
            Mistake mistake = result.Mistakes[i];
            figures[i].Element("figcaption")!.Value.Should().Be(
                FormattableString.Invariant($"{mistake.Actual}, taken for {mistake.Predicted}sample {mistake.Sample}"));
            string source = (string)figures[i].Element("img")!.Attribute("src")!;
            GrayImage picture = ImageFile.Decode(Convert.FromBase64String(source["data:image/png;base64,".Length..]));
            picture.Pixels.Should().Equal(
                _data.Test.Inputs.Column(mistake.Sample).ToArray(), (pixel, drawn) => Math.Abs(pixel - drawn) < 1e-6f);
        }
    }

    [Fact]
    public void Text_is_text_whatever_it_holds()
    {
        const string Name = "<script>alert('&amp;')</script> \u0001 \"x\"";
        RunResult result = ResultOf(_data with { Name = Name }, Epoch(1, 0.5, 0.5));

        string html = Report(result).ToHtml();

        html.Should().NotContain("<script").And.Contain("&lt;script&gt;alert('&amp;amp;')&lt;/script&gt;");
        Parse(html).Descendants("h1").Single().Value
            .Should().StartWith("<script>alert('&amp;')</script> \uFFFD \"x\": ");
    }

    [Fact]
    public void Numbers_are_the_same_in_every_culture()
    {
        HtmlReport report = Report(ResultOf(Epoch(1, 0.5, 0.75), Epoch(2, 1234.5, 0.875)));
        string expected = report.ToHtml();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = (",", ".");
            (culture.NumberFormat.NegativeSign, culture.DateTimeFormat.TimeSeparator) = ("minus", ".");
            CultureInfo.CurrentCulture = culture;
            1.5.ToString(culture).Should().Be("1,5", "the culture is another");

            report.ToHtml().Should().Be(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        expected.Should().Contain("Written 2026-02-03 04:05 UTC");
    }

    [Fact]
    public void An_interrupted_run_of_one_epoch_without_figures_can_be_reported()
    {
        EpochResult nothing = Epoch(1, double.NaN, double.NaN).Training with
        {
            IsComplete = false,
            LearningRate = double.NaN,
        };
        var history = new TrainingHistory([nothing], WasCancelled: true, TimeSpan.Zero);
        RunResult result = new(ResultOf(Epoch(1, 0.5, 0.5)), history);

        XElement page = Parse(Report(result));

        page.Descendants("polyline").Should().BeEmpty();
        page.Descendants("p").Select(p => p.Value)
            .Should().Contain("interrupted in epoch 1, after 10 of its 10 samples");
    }

    [Fact]
    public void Tags_are_closed_as_HTML_wants_them()
    {
        string html = Report(ResultOf(Epoch(1, 0.5, 0.5))).ToHtml();

        Regex.Matches(html, @"<(\w+)[^<>]*/>").Select(match => match.Groups[1].Value).Distinct().Should()
            .BeSubsetOf(["meta", "br", "img"]);
        Regex.Match(html, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value.Should()
            .Be(ReportStyle.Css, "a style sheet is read as it stands");
    }

    [Theory]
    [InlineData(0, 1, 6, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(92.3, 99.9, 6, "92 94 96 98 100")]
    [InlineData(0, 0.003, 6, "0.000 0.001 0.002 0.003")]
    [InlineData(0.1, 0.1, 3, "0.05 0.10 0.15")]
    [InlineData(-0.3, 0.3, 4, "-0.4 -0.2 0.0 0.2 0.4")]
    [InlineData(0, 3e-6, 4, "0 1e-6 2e-6 3e-6")]
    [InlineData(0, 1234, 3, "0 1000 2000")]
    public void Axes_are_marked_at_round_numbers(double least, double most, int count, string expected)
    {
        var ticks = AxisTicks.Over(least, most, count);

        string.Join(' ', ticks.Values.Select(ticks.Format)).Should().Be(expected);
        ticks.Least.Should().BeLessThanOrEqualTo(least + 1e-9);
        ticks.Most.Should().BeGreaterThanOrEqualTo(most - 1e-9);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_found_out_before_training()
    {
        TinyDataSet.Write(_folder.Path);

        SampleRun run = await SampleRun.OfAsync("--data", _folder.Path, "--report", _folder["nowhere/report.html"]);

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Output.Should().BeEmpty();
        run.Error.Should().ContainSingle().Which.Should().StartWith("--report: ");
    }

    private static HtmlReport Report(params EpochRecord[] epochs) => Report(ResultOf(epochs));

    private static HtmlReport Report(RunResult result)
    {
        var command = new DigitsCommand();
        return new(
            command.BindTraining(command.Parse("--generated")),
            "network 784-10",
            result,
            new DateTimeOffset(2026, 2, 3, 5, 5, 6, TimeSpan.FromHours(1)));
    }

    private static RunResult ResultOf(params EpochRecord[] epochs) =>
        ResultOf(_data with { Validation = _data.Training }, epochs);

    private static RunResult ResultOf(MnistData data, params EpochRecord[] epochs)
    {
        Network<float> network = Network.Create<float>(784, seed: 1).Dense(10).Build();
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam());
        var history = new TrainingHistory(
            [.. epochs.Select(epoch => epoch.Training)], WasCancelled: false, TimeSpan.FromSeconds(2));
        return new(Examination.Run(data, trainer), history) { Epochs = epochs };
    }

    private static EpochRecord Epoch(
        int epoch, double loss, double accuracy, double? validation = null, double? test = null) =>
        new(
            new EpochResult(
                epoch,
                IsComplete: true,
                Samples: 10,
                loss,
                Metrics(accuracy),
                validation is { } validated ? new EvaluationResult(1, Metrics(validated)) : null,
                TimeSpan.FromSeconds(0.5))
            { LearningRate = 0.003 },
            test is { } tested ? new EvaluationResult(2, Metrics(tested)) : null);

    private static Dictionary<string, double> Metrics(double accuracy) => new()
    {
        [ModelFactory.Accuracy.Name] = accuracy,
    };

    private static XElement Parse(HtmlReport report) => Parse(report.ToHtml());

    private static XElement Parse(string html) => XDocument.Parse(html).Root!;

    private static Dictionary<string, string> Rows(XElement page, string table) =>
        page.Descendants("table").Single(t => (string?)t.Attribute("class") == table).Descendants("tr")
            .ToDictionary(row => row.Element("th")!.Value, row => row.Element("td")!.Value);
}
