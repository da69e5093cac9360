using System.Xml.Linq;
using NeuralNet.Guards;
using NeuralNet.Reports.Recording;

namespace NeuralNet.Reports.Html;

/// <summary>Several runs on one page.</summary>
internal static class ComparisonPage
{
    private const int LongestFigure = 16;

    /// <summary>Writes the page.</summary>
    public static string Write(IReadOnlyList<ComparedRun> runs)
    {
        string title = $"{Quantity.Of(runs.Count, "training run")} compared";
        XElement? settings = Settings(runs);
        return Page.Write(
            title,
            head: null,
            [
                Tag.Of("h1", title),
                Tag.Of("h2", "What they reached"),
                Results(runs),
                Tag.Of("h2", "Settings that differ"),
                settings ?? Tag.Of("p", "All settings are the same."),
                .. Page.Charts("Learning curves", Charts(runs)),
            ]);
    }

    private static IEnumerable<XElement> Charts(IReadOnlyList<ComparedRun> runs)
    {
        FigureName[] names =
        [
            .. runs.SelectMany(run => run.Curves.Series.Select(series => series.Name)).Distinct()
                .Where(name => name.Kind is FigureKind.Loss or FigureKind.Metric or FigureKind.LearningRate)
                .OrderBy(name => name.Kind).ThenBy(name => name.Line == FigureName.Training),
        ];
        foreach (FigureName name in names)
        {
            ChartLine[] lines =
            [
                .. runs.Select(run => (run, series: run.Curves.Find(name.Kind, name.Line, name.Metric)))
                    .Where(pair => pair.series is not null)
                    .Select(pair => new ChartLine(
                        pair.run.Name, name, pair.run.Curves.Epochs, pair.series!.Values)),
            ];
            string title = CurveCharts.Title(
                name.Kind == FigureKind.LearningRate ? name.Title : $"{name.Line} {name.Title}");
            ChartLine[][] parts = [.. lines.Chunk(LineChart.MostLines)];
            foreach (ChartLine[] part in parts)
            {
                string which = parts.Length == 1 ? "" : $", {part[0].Name} to {part[^1].Name}";
                if (new LineChart(title + which, part).Draw() is { } chart)
                {
                    yield return chart;
                }
            }
        }
    }

    private static XElement Results(IReadOnlyList<ComparedRun> runs)
    {
        FigureName[] final = [.. runs.SelectMany(run => run.Run.Final).Select(NameOf).Distinct()];
        FigureName[] last =
        [
            .. runs.SelectMany(run => run.Curves.Series).Select(series => series.Name).Distinct()
                .Where(name => name.Kind is FigureKind.Loss or FigureKind.Metric && !final.Contains(name)),
        ];
        return Table(
            "what the runs reached",
            [
                .. final.Select(name => $"{name.Line} {name.Title}, at the end"),
                .. last.Select(name => $"{name.Line} {name.Title}, last epoch"),
                "best epoch", "epochs", "time", "how it ended",
            ],
            runs.Select(run => (run.Name, (IEnumerable<string>)
                [
                    .. final.Select(name => Text(
                        name, Array.Find(run.Run.Final, figure => NameOf(figure) == name)?.Value ?? double.NaN)),
                    .. last.Select(name => Text(
                        name, run.Curves.Find(name.Kind, name.Line, name.Metric)?.Last ?? double.NaN)),
                    Best(run),
                    run.Curves.Epochs.Count == 0 ? "0" : FigureText.Count(run.Curves.Epochs[^1]),
                    FigureText.Seconds(run.Run.Seconds),
                    run.Run.Status,
                ])));
    }

    private static XElement? Settings(IReadOnlyList<ComparedRun> runs)
    {
        string[] names =
        [
            .. runs.SelectMany(run => run.Run.Settings).Select(setting => setting[0]).Distinct()
                .Where(name => runs.Select(run => run.Setting(name)).Distinct().Skip(1).Any()),
        ];
        return names.Length == 0
            ? null
            : Table(
                "settings that differ",
                names,
                runs.Select(run => (run.Name, names.Select(name => run.Setting(name) ?? "–"))));
    }

    private static XElement Table(
        string label, IEnumerable<string> headings, IEnumerable<(string Name, IEnumerable<string> Cells)> rows) =>
        Tag.Scroll(label, Tag.Of(
            "table",
            Tag.Class("runs"),
            Tag.Of("thead", Tag.Of(
                "tr", Tag.Heading("col", "run"), headings.Select(heading => Tag.Heading("col", heading)))),
            Tag.Of("tbody", rows.Select(row => Tag.Of(
                "tr", Tag.Heading("row", row.Name), row.Cells.Select(Cell))))));

    // Figures stay in one line; longer texts have more.
    private static XElement Cell(string text) =>
        Tag.Of("td", text.Length > LongestFigure ? Tag.Class("text") : null, text);

    private static string Best(ComparedRun run) => BestEpoch.Of(run.Curves) is { } best
        ? $"{FigureText.Count(run.Curves.Epochs[best.Index])} ({best.Reason}: "
            + $"{FigureText.Of(best.Series.Name, best.Series.Values[best.Index])})"
        : "–";

    private static string Text(FigureName name, double value) => double.IsNaN(value) ? "–" : FigureText.Of(name, value);

    private static FigureName NameOf(FinalJson figure) => new(figure.Kind, figure.Metric, figure.Line);
}
