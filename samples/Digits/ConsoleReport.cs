using System.Text;
using NeuralNet.Datasets.Downloads;
using NeuralNet.Guards;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Training;
using Spectre.Console;
using Spectre.Console.Rendering;
using static System.FormattableString;

namespace NeuralNet.Samples.Digits;

/// <summary>Live progress, tables and pictures, for people at a terminal.</summary>
internal sealed class ConsoleReport(IAnsiConsole console) : IReport
{
    private const int MostMistakes = 6;

    // Lines of the terminal that are kept free above and below the bars.
    private const int OtherLines = 8;

    /// <summary>Makes a report on the terminal of this process.</summary>
    public static ConsoleReport OnTerminal()
    {
        // UTF-8 is the default elsewhere; on Windows the default code page lacks half blocks.
        Console.OutputEncoding = Encoding.UTF8;
        return new(AnsiConsole.Console);
    }

    public void Notice(string text) => console.MarkupLineInterpolated($"[yellow]{MessageText.Printable(text)}[/]");

    public Task DownloadAsync(string folder, long length, Func<IProgress<DownloadProgress>, Task> download)
    {
        console.MarkupLineInterpolated($"Downloading MNIST to {MessageText.File(folder)}");
        return console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn())
            .StartAsync(context =>
            {
                ProgressTask bar = context.AddTask("MNIST", maxValue: length);
                return download(new Reporter<DownloadProgress>(progress => bar.Value = progress.Received));
            });
    }

    public void Start(MnistData data, Network<float> network, TrainOptions options)
    {
        console.MarkupLineInterpolated($"[bold]{MessageText.Printable(Headline.OfData(data))}[/]");
        console.WriteLine(MessageText.Printable(Headline.OfNetwork(network, options)));
        console.WriteLine(MessageText.Printable(Headline.OfTraining(options)));
        console.WriteLine();
    }

    public TrainingHistory Train(MnistData data, int epochs, Func<IEpochDisplay, TrainingHistory> fit) =>
        console.Progress()
            .AutoClear(true) // The table of epochs takes their place.
            .HideCompleted(epochs > console.Profile.Height - OtherLines)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = 16 },
                new FigureColumn(figures => Invariant($"loss {figures.Loss:F4}")),
                new FigureColumn(figures => Invariant($"accuracy {100 * figures.Accuracy:F2} %")),
                new FigureColumn(figures =>
                    figures.TestAccuracy is { } accuracy ? Invariant($"test {100 * accuracy:F2} %") : ""),
                new FigureColumn(figures => Invariant($"{figures.SamplesPerSecond:N0}/s")),
                new FigureColumn(figures => RemainingTime.Format(figures.Remaining)))
            .Start(context => fit(new EpochBars(context)));

    public void Finish(RunResult result)
    {
        console.Write(Epochs(result));
        ShowTest(result);
        foreach (string remark in result.Remarks)
        {
            console.MarkupLineInterpolated($"[yellow]{MessageText.Printable(remark)}[/]");
        }

        EndTest(result);
    }

    public void StartTest(MnistData data, Network<float> network)
    {
        console.MarkupLineInterpolated($"[bold]{MessageText.Printable(Headline.OfData(data))}[/]");
        console.WriteLine(MessageText.Printable(Headline.OfNetwork(network)));
        console.WriteLine();
    }

    public void FinishTest(TestResult result)
    {
        ShowTest(result);
        EndTest(result);
    }

    public void Show(Prediction prediction)
    {
        var chart = new BarChart().Width(Math.Min(60, console.Profile.Width)).WithMaxValue(100)
            .UseValueFormatter((value, _) => Invariant($"{value:F2} %"));
        for (int i = 0; i < prediction.Probabilities.Length; i++)
        {
            chart.AddItem(
                Invariant($"{i}"), 100 * prediction.Probabilities[i], i == prediction.Class ? Color.Green : Color.Grey);
        }

        console.Write(new ImageView(prediction.Pixels, prediction.Size, prediction.Size));
        console.WriteLine();
        console.Write(chart);
        console.WriteLine(MessageText.Printable(prediction.LastLine));
    }

    private void ShowTest(TestResult result)
    {
        if (result.Confusion.Classes <= MostClassesShown)
        {
            console.Write(Confusion(result));
        }

        if (result.Mistakes.Count > 0)
        {
            console.MarkupLine($"[bold]The surest mistakes{result.Data.ResultSuffix}[/]");
            console.Write(Mistakes(result));
        }
    }

    private void EndTest(TestResult result)
    {
        console.WriteLine(MessageText.Printable(result.LossLine));
        console.WriteLine(MessageText.Printable(result.LastLine));
    }

    // A class takes up to 6 columns of the terminal.
    private int MostClassesShown => (console.Profile.Width - 16) / 6;

    private static Table Epochs(RunResult result)
    {
        Table table = new Table().Title($"[bold]Training{result.Data.ResultSuffix}[/]").Border(TableBorder.Rounded);
        bool isValidated = result.Data.Validation is not null;
        bool isTested = result.Best is not null;
        foreach (string heading in (string[])
            [
                "epoch", "loss", "accuracy",
                .. isValidated ? (string[])["validation loss", "validation accuracy"] : [],
                .. isTested ? (string[])["test accuracy"] : [],
                "samples/s", "seconds",
            ])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        foreach (EpochRecord record in result.Epochs)
        {
            EpochResult epoch = record.Training;
            table.AddRow(
                [
                    Invariant($"{epoch.Epoch}{(epoch.IsComplete ? "" : " (part)")}"),
                    Invariant($"{epoch.Loss:F4}"),
                    Percent(record.TrainAccuracy),
                    .. isValidated
                    ? (string[])[Number(epoch.Validation?.Loss), Percent(record.ValidationAccuracy)]
                    : [],
                    .. isTested ? (string[])[TestCell(record, isBest: record == result.Best)] : [],
                    Invariant($"{epoch.SamplesPerSecond:N0}"),
                    Invariant($"{epoch.Duration.TotalSeconds:F1}"),
                ]);
        }

        return table;
    }

    private static string TestCell(EpochRecord epoch, bool isBest) =>
        isBest ? $"[green]{Percent(epoch.TestAccuracy)}[/]" : Percent(epoch.TestAccuracy);

    private static string Number(double? figure) => figure is null ? "" : Invariant($"{figure:F4}");

    private static string Percent(double? share) => share is null ? "" : Invariant($"{100 * share:F2} %");

    private static Table Confusion(TestResult result)
    {
        ConfusionMatrix confusion = result.Confusion;
        Table table = new Table()
            .Title($"[bold]Confusion matrix{result.Data.ResultSuffix}[/]")
            .Caption("row: what it is; column: what it was taken for")
            .Border(TableBorder.Simple);
        table.AddColumn("");
        for (int predicted = 0; predicted < confusion.Classes; predicted++)
        {
            table.AddColumn(new TableColumn(Invariant($"[bold]{predicted}[/]")).RightAligned());
        }

        for (int actual = 0; actual < confusion.Classes; actual++)
        {
            table.AddRow(
                [
                    Invariant($"[bold]{actual}[/]"),
                    .. Enumerable.Range(0, confusion.Classes)
                        .Select(predicted => Cell(confusion[actual, predicted], isRight: actual == predicted)),
                ]);
        }

        return table;
    }

    private static string Cell(double count, bool isRight) => count switch
    {
        0 => "[dim]·[/]",
        _ when isRight => Invariant($"[green]{count}[/]"),
        _ => Invariant($"[red]{count}[/]"),
    };

    private Grid Mistakes(TestResult result)
    {
        MnistData data = result.Data;
        int perRow = Math.Max(1, console.Profile.Width / (data.Columns + 2));
        var grid = new Grid();
        grid.AddColumns(Enumerable.Range(0, perRow).Select(_ => new GridColumn().NoWrap().PadRight(2)).ToArray());
        foreach (Mistake[] row in result.Mistakes.Take(MostMistakes).Chunk(perRow))
        {
            grid.AddRow(Array.ConvertAll(row, mistake => (IRenderable)new Rows(
                new ImageView(data.Test.Inputs.Column(mistake.Sample).ToArray(), data.Rows, data.Columns),
                new Markup(Invariant($"a [green]{mistake.Actual}[/], taken for a [red]{mistake.Predicted}[/]")))));
        }

        return grid;
    }
}
