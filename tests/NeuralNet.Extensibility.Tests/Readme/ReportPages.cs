using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NeuralNet.Data;
using NeuralNet.Metrics;
using NeuralNet.Reports;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The snippets of the guide on reports, in methods that give them what they need.</summary>
internal static class ReportPages
{
    public static HtmlReport<float> Report(Trainer<float> trainer, DataSet<float> training, DataSet<float> validation)
    {
        var report = new HtmlReport<float>("report.html", new() { Names = ["setosa", "versicolor", "virginica"] });
        trainer.Fit(
            training,
            new() { Epochs = 20, Validation = validation, Metrics = [new Accuracy()], Callbacks = [report] });
        return report;
    }

    public static ReportOptions<float> Options(DataSet<float> test)
    {
        var options = new ReportOptions<float>
        {
            Data = test,
            DataName = "test",
            Picture = (index, input) => $"sample {index}: {input[0]} cm, {input[1]} cm",
            Settings = [new("data", "flowers.csv, measured in May")],
            CommandLine = null,
        };
        return options;
    }

    public static void ForTensorBoard(Trainer<float> trainer, DataSet<float> training, DataSet<float> validation)
    {
        var log = new TensorBoardLog<float>("runs/adam");
        trainer.Fit(
            training, new() { Epochs = 20, Validation = validation, Metrics = [new Accuracy()], Callbacks = [log] });
    }

    public static void Compare()
    {
        RunComparison.ReadFolder("runs").Save("runs.html");
    }

    public static void Serve(WebApplication app, HtmlReport<float> report)
    {
        app.MapGet(
            "/training", () => Results.Content(report.ToHtml(TimeSpan.FromSeconds(5)), "text/html", Encoding.UTF8));
    }
}
