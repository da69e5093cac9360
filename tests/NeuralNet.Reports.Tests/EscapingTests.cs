using System.Xml.Linq;
using NeuralNet.Metrics;
using NeuralNet.Training;

namespace NeuralNet.Reports.Tests;

/// <summary>Whatever users give is text in a page, and never a part of it.</summary>
public sealed class EscapingTests
{
    private const string Evil = "<script>alert('&amp;')</script> \u0001 \"x\" --> ]]>";
    // The library takes no invisible character in the name of a metric.
    private const string Metric = "<script>alert('&amp;')</script> \"x\" --> ]]>";

    private const string Shown = "<script>alert('&amp;')</script> \uFFFD \"x\" --> ]]>";

    [Fact]
    public void Text_is_text_whatever_it_holds()
    {
        var report = new HtmlReport<float>(path: null, new()
        {
            Title = Evil,
            DataName = Evil,
            Names = [Evil + "0", Evil + "1", Evil + "2"],
            Settings = [new(Evil, Evil)],
            CommandLine = Evil,
            Picture = (_, _) => Evil,
        });
        FitOptions<float> options = new()
        {
            Epochs = 1,
            Validation = Runs.Rings,
            Metrics = [new Named(Metric)],
            Callbacks = [new Stopper(), report],
        };
        Runs.Classifier().Fit(Runs.Rings, options);

        string html = report.ToHtml();
        html.Should().NotContain("<script").And.NotContain("\u0001");
        XElement page = Runs.Parse(html);
        page.Descendants("h1").Single().Value.Should().Be(Shown);
        page.Descendants("th").Select(th => th.Value).Should().Contain([Shown, Shown + "1", "training " + Metric]);
        page.Descendants("p").Select(p => p.Value).Should().Contain(Shown, "the picture of a mistake");
        Runs.Headings(page, "h3").Should().Contain(Metric);
        page.Descendants("p").Single(p => (string?)p.Attribute("class") == "status").Value.Should().EndWith(Shown);
    }

    [Fact]
    public void A_live_page_is_well_formed_with_its_script()
    {
        var report = new HtmlReport<float>(path: null, new() { Title = Evil });
        XElement page = Runs.Parse(report.ToHtml(TimeSpan.FromSeconds(2)));
        page.Descendants("script").Single().Value.Should().Contain("2000").And.NotContainAny("<", ">", "&");
        page.Descendants("label").Single().Value.Should().Be(" load again every 2 s");
    }

    [Fact]
    public void Tags_are_closed_as_HTML_wants_them_and_the_style_is_read_as_it_stands()
    {
        string html = Runs.Page();
        System.Text.RegularExpressions.Regex.Matches(html, @"<(\w+)[^<>]*/>")
            .Select(match => match.Groups[1].Value).Distinct().Should()
            .BeSubsetOf(["meta", "br", "img", "link", "input"]);
        html.Should().Contain("<style>" + Html.Style.Css + "</style>");
    }

    private sealed class Named(string name) : IMetric
    {
        public string Name => name;

        public IMetricAccumulator Start(OutputDescription outputs) => new Accuracy().Start(outputs);
    }

    private sealed class Stopper : ITrainingCallback<float>
    {
        public void OnEpochEnd(TrainingContext<float> context, EpochResult result) => context.Stop(Evil);
    }
}
