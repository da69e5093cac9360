using System.Xml.Linq;
using NeuralNet.Reports.Recording;
using static System.FormattableString;

namespace NeuralNet.Reports.Html;

/// <summary>The figures of the epochs as tables: of very many, of some evenly chosen ones.</summary>
internal static class EpochTable
{
    private const int MostRows = 200;

    /// <summary>Loss, metrics, learning rate and time of the epochs.</summary>
    public static XElement Of(RunData run)
    {
        Curves curves = run.Curves;
        Series[] columns =
        [
            .. curves.Of(FigureKind.LearningRate),
            .. LinesOf(curves).SelectMany(line => (IEnumerable<Series>)
                [
                    .. curves.Of(FigureKind.Loss).Where(series => series.Name.Line == line),
                    .. curves.Of(FigureKind.Metric).Where(series => series.Name.Line == line),
                ]),
            .. curves.Of(FigureKind.Seconds),
        ];
        int? best = BestEpoch.Of(curves)?.Index;
        return Table(
            run,
            "figures of the epochs",
            best is { } ? $"Bold: the best epoch, with {BestEpoch.Of(curves)!.Value.Reason}." : null,
            [.. columns.Select(series => (HeadingOf(series.Name), series))],
            best);
    }

    /// <summary>What happens in the layers; null if nothing is known.</summary>
    public static XElement? OfLayers(RunData run)
    {
        (string, Series)[] columns =
        [
            .. run.Curves.Series.Where(series => series.Name.IsOfLayer)
                .OrderBy(series => series.Name.Kind)
                .Select(series => ($"{series.Name.Line}: {series.Name.Title}", series)),
        ];
        return columns.Length == 0 ? null : Table(run, "figures of the layers", caption: null, columns, best: null);
    }

    private static XElement Table(
        RunData run, string label, string? caption, (string Heading, Series Series)[] columns, int? best)
    {
        IReadOnlyList<int> rows = Rows(run.Curves.Epochs.Count, best);
        string? left = rows.Count == run.Curves.Epochs.Count
            ? null
            : $"{FigureText.Count(rows.Count)} of {FigureText.Count(run.Curves.Epochs.Count)} epochs.";
        string note = string.Join(' ', ((string?[])[left, caption]).OfType<string>());
        return Tag.Scroll(
            label,
            Tag.Of(
                "table",
                Tag.Of("thead", Tag.Of(
                    "tr", Tag.Heading("col", "epoch"), columns.Select(column => Tag.Heading("col", column.Heading)))),
                Tag.Of("tbody", rows.Select(row => Tag.Of(
                    "tr",
                    row == best ? Tag.Class("best") : null,
                    Tag.Heading(
                        "row",
                        Invariant($"{run.Curves.Epochs[row]:N0}")
                        + (run.Curves.Epochs[row] == run.PartialEpoch ? " (part)" : "")),
                    columns.Select(column => Tag.Of("td", Cell(column.Series, row))))))),
            note);
    }

    private static IReadOnlyList<int> Rows(int count, int? best)
    {
        if (count <= MostRows)
        {
            return [.. Enumerable.Range(0, count)];
        }

        IEnumerable<int> rows = Enumerable.Range(0, MostRows)
            .Select(i => (int)((long)i * (count - 1) / (MostRows - 1)));
        return [.. new SortedSet<int>(best is { } index ? rows.Append(index) : rows)];
    }

    private static IEnumerable<string> LinesOf(Curves curves) =>
        curves.Series.Where(series => series.Name.Kind is FigureKind.Loss or FigureKind.Metric)
            .Select(series => series.Name.Line).Distinct();

    private static string HeadingOf(FigureName name) =>
        name.Kind is FigureKind.Loss or FigureKind.Metric ? $"{name.Line} {name.Title}"
        : name.Kind == FigureKind.Seconds ? "time"
        : name.Title;

    private static string Cell(Series series, int row) =>
        double.IsNaN(series.Values[row]) ? "" : FigureText.Of(series.Name, series.Values[row]);
}
