using System.Text.RegularExpressions;
using System.Xml.Linq;
using NeuralNet.Samples.Digits;
using NeuralNet.Samples.Digits.Images;

namespace NeuralNet.Samples.Tests;

public sealed class HtmlReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Training_writes_a_page_that_needs_nothing_else()
    {
        (SampleRun run, string html) = await RunAsync();

        html.Should().StartWith("<!DOCTYPE html>\n<html lang=\"en\">");
        html.Should().NotContain("http").And.NotContain("//").And.NotContain("<script").And.NotContain("url(")
            .And.NotContain("@import");
        XElement page = XDocument.Parse(html).Root!;
        page.Descendants().Attributes().Where(a => a.Name.LocalName is "src" or "href")
            .Should().OnlyContain(a => a.Value.StartsWith("data:", StringComparison.Ordinal));
        page.Descendants("h1").Single().Value.Should().StartWith("Handwritten digits: ");
        Dictionary<string, string> settings = Rows(page, "settings");
        settings["dropout"].Should().Be("0.25");
        settings["learning rate"].Should().Be("0.0125");
        settings["data"].Should().Be(run.Output[0]);
        settings["network"].Should().Be(run.Output[1]);
    }

    [Fact]
    public async Task The_page_has_the_figures_that_the_application_tells()
    {
        (SampleRun run, string html) = await RunAsync();

        XElement page = XDocument.Parse(html).Root!;
        string accuracy = Regex.Match(run.Output[^1], @"\d+\.\d\d %").Value;
        page.Descendants("div").Where(div => (string?)div.Attribute("class") == "tile")
            .Select(tile => tile.Value).Should().Contain(accuracy + "test accuracy");
        page.Descendants("h3").Select(heading => heading.Value).Should()
            .Contain(["Accuracy, %", "Learning rate"])
            .And.Contain(heading => heading.StartsWith("Loss"));
        XElement epochs = page.Descendants("table").Single(
            table => table.Descendants("th").Any(th => th.Value == "test accuracy"));
        epochs.Descendants("tbody").Elements("tr").Should().HaveCount(3);
        page.Descendants("h2").Select(heading => heading.Value).Should()
            .Contain(["Confusion matrix of the test samples", "The surest mistakes of the test samples"]);
    }

    [Fact]
    public async Task The_surest_mistakes_are_pictures_of_their_samples()
    {
        (_, string html) = await RunAsync();

        XElement[] figures =
        [
            .. XDocument.Parse(html).Descendants("div")
                .Single(div => (string?)div.Attribute("class") == "mistakes").Elements("figure"),
        ];
        MnistData data = MnistData.Of(Mnist.Load(new() { Folder = _folder.Path }));
        figures.Should().NotBeEmpty();
        foreach (XElement figure in figures)
        {
            int sample = int.Parse(Regex.Match(figure.Value, @"sample (\d+)").Groups[1].ValueSpan);
            string source = (string)figure.Element("img")!.Attribute("src")!;
            GrayImage picture = ImageFile.Decode(Convert.FromBase64String(source["data:image/png;base64,".Length..]));
            picture.Pixels.Should().Equal(
                data.Test.Inputs.Column(sample).ToArray(), (pixel, drawn) => Math.Abs(pixel - drawn) < 1e-6f);
        }
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

    private static Dictionary<string, string> Rows(XElement page, string table) =>
        page.Descendants("table").Single(t => (string?)t.Attribute("class") == table).Descendants("tr")
            .ToDictionary(row => row.Element("th")!.Value, row => row.Element("td")!.Value);

    private async Task<(SampleRun Run, string Html)> RunAsync()
    {
        TinyDataSet.Write(_folder.Path);
        string path = _folder["report.html"];
        SampleRun run = await SampleRun.OfAsync(
            "--data", _folder.Path, "--hidden", "5", "--epochs", "3", "--validation-samples", "20",
            "--test-every-epoch", "--dropout", "0.25", "--learning-rate", "0.0125", "--schedule", "constant",
            "--report", path);
        run.ExitCode.Should().Be(ExitCode.Success);
        return (run, File.ReadAllText(path));
    }
}
