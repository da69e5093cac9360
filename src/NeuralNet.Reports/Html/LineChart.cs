using System.Globalization;
using System.Xml.Linq;
using NeuralNet.Guards;
using NeuralNet.Reports.Recording;
using static System.FormattableString;

namespace NeuralNet.Reports.Html;

/// <summary>Draws lines over the epochs as SVG.</summary>
/// <param name="title">The title of the chart.</param>
/// <param name="lines">The lines; those without a value are left out.</param>
internal sealed class LineChart(string title, IEnumerable<ChartLine> lines)
{
    /// <summary>The most lines that can be told apart.</summary>
    public const int MostLines = 8;

    // Beyond, points would hide their line.
    private const int MostMarkers = 60;

    private const int LongestName = 40;

    private readonly ChartLine[] _lines = [.. lines.Where(line => line.Finite.Any())];

    /// <summary>Draws it; null if there is nothing to draw.</summary>
    public XElement? Draw()
    {
        if (_lines.Length == 0)
        {
            return null;
        }

        FigureName figure = _lines[0].Figure;
        bool isShare = figure.IsShare && _lines.All(line => line.Finite.All(value => value is >= 0 and <= 1));
        double factor = isShare ? 100 : 1;
        var up = Axis.Over(
            _lines.SelectMany(line => line.Finite).Select(value => factor * value),
            figure.Kind is not (FigureKind.Metric or FigureKind.DeadUnits),
            figure.Kind is not FigureKind.Metric);
        int first = _lines.Min(line => line.Epochs[0]);
        int last = _lines.Max(line => line.Epochs[^1]);
        var frame = new ChartFrame(Axis.Epochs(first, last), up, "epoch");
        int infinite = _lines.Sum(line => line.Infinite);
        string unit = isShare ? ", %" : up.IsLogarithmic ? " (logarithmic)" : "";
        return frame.Draw(
            title + unit,
            string.Join("; ", _lines.Select(line => line.Describe())) + ".",
            _lines.Length > 1 || _lines[0].Name != FigureName.Training ? Legend() : null,
            _lines.Select((line, i) => Line(line, i, frame, factor)),
            infinite == 0 ? null : $"{Quantity.Of(infinite, "value is", "values are")} infinite and not drawn.");
    }

    private XElement Legend() => Tag.Of(
        "ul",
        Tag.Class("legend"),
        _lines.Select((line, i) => Tag.Of(
            "li",
            Tag.Of(
                "svg",
                Tag.Attribute("viewBox", "0 0 28 10"),
                Tag.Attribute("aria-hidden", "true"),
                Tag.Class("key"),
                Tag.Of(
                    "line",
                    Tag.Class("line " + Style(i)),
                    Tag.Attribute("x1", 1), Tag.Attribute("y1", 5), Tag.Attribute("x2", 27), Tag.Attribute("y2", 5))),
            line.Name.Length <= LongestName
                ? (object)line.Name
                : Tag.Of("span", Tag.Attribute("title", line.Name), line.Name[..(LongestName - 1)] + "…"))));

    private static XElement Line(ChartLine line, int index, ChartFrame frame, double factor)
    {
        List<(int Epoch, double Value)>[] pieces = [.. line.Pieces()];
        bool hasMarkers = pieces.Sum(piece => piece.Count) <= MostMarkers;
        return Tag.Of(
            "g",
            Tag.Of("title", line.Describe()),
            pieces.Select(piece => Tag.Of(
                "polyline",
                Tag.Class("line " + Style(index)),
                Tag.Attribute("points", string.Join(' ', piece.Select(point => Invariant(
                    $"{frame.X(point.Epoch):F1},{frame.Y(factor * point.Value):F1}")))))),
            pieces.Where(piece => hasMarkers || piece.Count == 1).SelectMany(piece => piece.Select(point => Tag.Of(
                "circle",
                Tag.Class("dot " + Style(index)),
                Tag.Attribute("cx", frame.X(point.Epoch)),
                Tag.Attribute("cy", frame.Y(factor * point.Value)),
                Tag.Attribute("r", 3),
                Tag.Of("title", $"{line.Name}, epoch {point.Epoch}: {FigureText.Of(line.Figure, point.Value)}")))));
    }

    private static string Style(int index) =>
        "c" + ((index % MostLines) + 1).ToString(CultureInfo.InvariantCulture);
}
