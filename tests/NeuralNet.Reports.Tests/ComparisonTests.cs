using System.Xml.Linq;
using NeuralNet.Losses;
using NeuralNet.Optimizers;
using NeuralNet.Reports.Recording;
using NeuralNet.Training;

namespace NeuralNet.Reports.Tests;

/// <summary>Several runs on one page.</summary>
public sealed class ComparisonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Curves_lie_over_each_other_and_only_what_differs_is_listed()
    {
        Train("slow.html", 0.001, epochs: 3);
        Train("fast.html", 0.05, epochs: 5);
        File.WriteAllText(_folder["other.html"], "<html></html>");

        var comparison = RunComparison.ReadFolder(_folder.Path);
        comparison.Names.Should().Equal("fast", "slow");
        comparison.Save(_folder["all.html"]);
        XElement page = Runs.Parse(File.ReadAllText(_folder["all.html"]));

        page.Descendants("h1").Single().Value.Should().Be("2 training runs compared");
        (double X, double Y)[][] lines = Runs.Points(Runs.Chart(page, "Validation loss"));
        lines.Select(line => line.Length).Should().Equal(5, 3);
        string[][] settings = Runs.Rows(page, "optimizer");
        settings.Select(row => row[0]).Should().Equal("fast", "slow");
        settings[0][1].Should().Contain("learning rate 0.05");
        XElement table = page.Descendants("table").Single(t => t.Descendants("th").Any(th => th.Value == "optimizer"));
        table.Descendants("thead").Single().Descendants("th").Select(th => th.Value)
            .Should().Equal("run", "optimizer", "epochs asked for");
        string[] fast = Runs.Rows(page, "how it ended")[0];
        fast[^1].Should().Be("Completed after 5 epochs");
        fast[^3].Should().Be("5");
        RunJson run = RunFile.Read(_folder["fast.html"]);
        fast[1].Should().Be(Html.FigureText.Of(run.Final[0].Value!.Value));
    }

    [Fact]
    public void Runs_of_the_same_file_name_are_told_apart_by_their_folders()
    {
        RunNames.Of(["/a/x/report.html", "/a/y/report.html"]).Should().Equal("x/report", "y/report");
        RunNames.Of(["/a/one.html", "/b/two.html"]).Should().Equal("one", "two");
        RunNames.Of(["/a/one.html", "/a/one.html"]).Should().HaveCount(2);
    }

    [Fact]
    public void Many_runs_are_in_several_charts()
    {
        string path = Train("run.html", 0.01, epochs: 1);
        string page = RunComparison.Read([.. Enumerable.Repeat(path, 20)]).ToHtml();

        Runs.Headings(Runs.Parse(page), "h3").Count(heading => heading.StartsWith("Validation loss, "))
            .Should().Be(3);
        page.Should().Contain("All settings are the same.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<meta name=\"neuralnet-run\" content=\"")]
    [InlineData("<meta name=\"neuralnet-run\" content=\"{}\"")]
    [InlineData("<meta name=\"neuralnet-run\" content=\"null\"")]
    [InlineData("<meta name=\"neuralnet-run\" content=\"[1\"")]
    [InlineData("<meta name=\"neuralnet-run\" content=\"{&quot;format&quot;:2}\"")]
    [InlineData("<meta name=\"neuralnet-run\" content=\"{&quot;epochs&quot;:[2,1]}\"")]
    [InlineData("<meta name=\"neuralnet-run\" content=\"{&quot;settings&quot;:[[&quot;a&quot;]]}\"")]
    [InlineData("<meta name=\"neuralnet-run\" content=\"{&quot;series&quot;:[{&quot;kind&quot;:&quot;Loss&quot;,"
        + "&quot;metric&quot;:&quot;&quot;,&quot;line&quot;:&quot;training&quot;,&quot;values&quot;:[1]}]}\"")]
    [InlineData("<meta name=\"neuralnet-run\" content=\"{&quot;series&quot;:[{&quot;kind&quot;:&quot;No&quot;}]}\"")]
    [InlineData("<meta name=\"neuralnet-run\" content=\"{&quot;final&quot;:[null]}\"")]
    public void A_file_that_is_no_report_is_refused_by_name(string contents)
    {
        File.WriteAllText(_folder["damaged.html"], contents);

        FluentActions.Invoking(() => RunComparison.Read(_folder["damaged.html"])).Should().Throw<InvalidDataException>()
            .WithMessage("*damaged.html*is no report of a training run*");
        FluentActions.Invoking(() => RunComparison.ReadFolder(_folder.Path)).Should().Throw<InvalidDataException>();
    }

    [Fact]
    public void Nothing_to_compare_is_refused() =>
        FluentActions.Invoking(() => RunComparison.Read()).Should().Throw<ArgumentException>();

    private string Train(string name, double learningRate, int epochs)
    {
        var trainer = new Trainer<float>(
            Runs.Classifier().Network, new SoftmaxCrossEntropy(), new Adam(learningRate), threads: 1);
        trainer.Fit(
            Runs.Rings,
            Runs.Options(epochs, new HtmlReport<float>(_folder[name], new() { Title = name, CommandLine = null })));
        return _folder[name];
    }
}
