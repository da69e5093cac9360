using MathNet.Numerics.LinearAlgebra;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Reports;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The guide on reports does what it says, with files in the current folder.</summary>
[Collection("Pages")]
public sealed class ReportPagesTests
{
    private static readonly DataSet<float> _flowers = DataSet.FromLabels(
        Matrix<float>.Build.Dense(4, 60, (i, j) => (j % 3) + MathF.Sin((7 * i) + j)),
        [.. Enumerable.Range(0, 60).Select(j => j % 3)],
        classes: 3);

    [Fact]
    public async Task A_run_is_reported_compared_and_served()
    {
        HtmlReport<float> report = ReportPages.Report(Trainer(), _flowers, _flowers);
        File.ReadAllText("report.html").Should().Contain("virginica").And.Contain("Completed after 20 epochs");

        Directory.CreateDirectory("runs");
        File.Copy("report.html", "runs/a.html", overwrite: true);
        ReportPages.Compare();
        File.ReadAllText("runs.html").Should().Contain("1 training run compared");
        Directory.Delete("runs", recursive: true);

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using WebApplication app = builder.Build();
        ReportPages.Serve(app, report);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        HttpResponseMessage answer = await client.GetAsync(new Uri("/training", UriKind.Relative));
        answer.Content.Headers.ContentType!.ToString().Should().Be("text/html; charset=utf-8");
        (await answer.Content.ReadAsStringAsync()).Should().Be(report.ToHtml());
    }

    [Fact]
    public void A_report_shows_what_it_is_told_to()
    {
        var report = new HtmlReport<float>(path: null, ReportPages.Options(_flowers));
        Trainer().Fit(_flowers, new() { Epochs = 1, Callbacks = [report] });
        report.ToHtml().Should().Contain("flowers.csv, measured in May").And.Contain(" cm, ")
            .And.Contain("Confusion matrix of the test samples");
    }

    [Fact]
    public void A_run_is_reported_in_two_lines()
    {
        PackagePages.Report(Trainer(), _flowers, _flowers);
        File.ReadAllText("report.html").Should().Contain("Completed after 20 epochs");
    }

    private static Trainer<float> Trainer() => new(
        Network.Create<float>(4, seed: 1).Dense(8, new ReLU()).Dense(3).Build(), new SoftmaxCrossEntropy(), new Adam());
}
