using System.Globalization;
using System.Xml.Linq;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Reports.Tests;

/// <summary>Small runs with a report, and what to read in its page.</summary>
internal static class Runs
{
    /// <summary>120 points of three noisy rings; of class 0, 1 and 2 in turn.</summary>
    public static DataSet<float> Rings { get; } = DataSet.FromLabels(
        Matrix<float>.Build.Dense(2, 120, (i, j) =>
            (1 + (j % 3) + (0.6f * MathF.Sin(j * 12.9898f))) * (i == 0 ? MathF.Cos(j * 0.7f) : MathF.Sin(j * 0.7f))),
        [.. Enumerable.Range(0, 120).Select(j => j % 3)],
        classes: 3);

    public static Trainer<float> Classifier(int threads = 1) => new(
        Network.Create<float>(2, seed: 42).Dense(12, new ReLU()).Dense(3).Build(),
        new SoftmaxCrossEntropy(),
        new Adam(0.02),
        threads: threads);

    public static FitOptions<float> Options(int epochs, params ITrainingCallback<float>[] callbacks) => new()
    {
        Epochs = epochs,
        BatchSize = 16,
        Validation = Rings,
        Metrics = [new Accuracy()],
        Callbacks = callbacks,
    };

    /// <summary>Trains the classifier and gives the page of the end.</summary>
    public static string Page(ReportOptions<float>? options = null, int epochs = 3)
    {
        var report = new HtmlReport<float>(path: null, options);
        Classifier().Fit(Rings, Options(epochs, report));
        return report.ToHtml();
    }

    /// <summary>Parses a page as XML, which it is, too.</summary>
    public static XElement Parse(string page)
    {
        page.Should().StartWith("<!DOCTYPE html>\n<html lang=\"en\">");
        return XDocument.Parse(page).Root!;
    }

    public static string[] Headings(XElement page, string level = "h2") =>
        [.. page.Descendants(level).Select(heading => heading.Value)];

    public static XElement Chart(XElement page, string title) => page.Descendants("figure")
        .Single(figure => figure.Element("figcaption")?.Element("h3")?.Value == title);

    /// <summary>The rows of the table with a heading, cell by cell.</summary>
    public static string[][] Rows(XElement page, string heading)
    {
        XElement table = page.Descendants("table")
            .First(table => table.Descendants("th").Any(th => th.Value == heading));
        return
        [
            .. table.Element("tbody")!.Elements("tr")
                .Select(row => row.Elements().Select(cell => cell.Value).ToArray()),
        ];
    }

    /// <summary>The points of the lines of a chart.</summary>
    public static (double X, double Y)[][] Points(XElement chart) =>
    [
        .. chart.Descendants("polyline").Select(line => ((string)line.Attribute("points")!).Split(' ')
            .Select(point => point.Split(',')
                .Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())
            .Select(point => (point[0], point[1])).ToArray()),
    ];
}
