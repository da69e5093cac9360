using System.Globalization;
using System.Text;
using NeuralNet.Benchmarks.Measuring;

namespace NeuralNet.Benchmarks.Report;

/// <summary>The table of a subject.</summary>
/// <param name="title">The title of the table.</param>
/// <param name="ours">The name of our side.</param>
/// <param name="peer">The name of the other side.</param>
/// <param name="meanBar">The least geometric mean of the ratios that there should be, if any.</param>
/// <param name="unit">Writes a figure of a side; seconds if null.</param>
internal sealed class Table(
    string title, string ours, string peer, double? meanBar = null, Func<double, string>? unit = null)
{
    private readonly List<Row> _rows = [];
    private readonly Func<double, string> _unit = unit ?? Time;

    /// <summary>Writes bytes, as mebibytes.</summary>
    public static string Memory(double bytes) => Invariant($"{bytes / (1 << 20):F1} MiB");

    /// <summary>Adds a row and tells the user.</summary>
    /// <param name="point">What was measured.</param>
    /// <param name="outcome">What it came to.</param>
    /// <param name="bar">The least ratio it should have, if any.</param>
    public void Add(string point, Outcome outcome, double? bar)
    {
        var row = new Row(point, outcome, bar);
        _rows.Add(row);
        Console.Error.WriteLine($"{title}: {string.Join(", ", Cells(row))}");
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(Invariant($"## {title}\n\n"));
        text.Append(Invariant($"| point | {ours} | {peer} | ratio | min–max | bar |\n|---|--:|--:|--:|--:|:--|\n"));
        foreach (Row row in _rows)
        {
            text.Append(Invariant($"| {string.Join(" | ", Cells(row))} |\n"));
        }

        if (_rows.Count > 0)
        {
            AppendSummary(text);
        }

        return text.ToString();
    }

    private void AppendSummary(StringBuilder text)
    {
        double mean = Math.Exp(_rows.Average(row => Math.Log(row.Outcome.Ratio)));
        Row least = _rows.MinBy(row => row.Outcome.Ratio)!;
        text.Append(Invariant($"\n- geometric mean: **{mean:F2}**"));
        text.Append(meanBar is { } bar ? Invariant($"; bar ≥ {bar:F1}: {Verdict(mean, bar)}\n") : "\n");
        text.Append(Invariant($"- smallest ratio: **{least.Outcome.Ratio:F2}** ({least.Point})\n"));
        foreach (IGrouping<double, Row> group in _rows.Where(row => row.Bar is not null).GroupBy(row => row.Bar!.Value))
        {
            int met = group.Count(row => row.Outcome.Ratio >= group.Key);
            string verdict = met == group.Count() ? "met" : "NOT met";
            text.Append(Invariant($"- bar at each ≥ {group.Key:0.0#}: {verdict}, by {met} of {group.Count()}\n"));
        }
    }

    private string[] Cells(Row row) =>
    [
        row.Point,
        _unit(row.Outcome.Ours),
        _unit(row.Outcome.Peers),
        Invariant($"{row.Outcome.Ratio:F2}"),
        Invariant($"{row.Outcome.LeastRatio:F2}–{row.Outcome.GreatestRatio:F2}"),
        row.Bar is { } bar ? Invariant($"≥ {bar:0.0#}: {Verdict(row.Outcome.Ratio, bar)}") : "",
    ];

    private static string Verdict(double figure, double bar) => figure >= bar ? "met" : "NOT met";

    private static string Time(double seconds) => seconds switch
    {
        < 1e-4 => Invariant($"{1e6 * seconds:F2} µs"),
        < 1e-3 => Invariant($"{1e6 * seconds:F0} µs"),
        < 1 => Invariant($"{1e3 * seconds:F2} ms"),
        _ => Invariant($"{seconds:F2} s"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
