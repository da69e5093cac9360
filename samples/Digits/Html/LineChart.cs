using System.Xml.Linq;
using static System.FormattableString;

namespace NeuralNet.Samples.Digits.Html;

/// <summary>Draws lines over the epochs as SVG.</summary>
/// <param name="title">The title of the chart.</param>
/// <param name="series">The lines; those without a point are left out.</param>
/// <param name="format">Formats a value.</param>
/// <param name="fromZero">True if the vertical axis begins at 0.</param>
internal sealed class LineChart(
    string title, IEnumerable<ChartSeries> series, Func<double, string> format, bool fromZero = false)
{
    private const int Width = 520;
    private const int Height = 270;
    private const int Left = 64;
    private const int Right = 16;
    private const int Top = 12;
    private const int Bottom = 44;

    // Beyond, points would hide their line.
    private const int MostMarkers = 60;

    private readonly ChartSeries[] _series = [.. series.Where(line => line.Points.Count > 0)];

    /// <summary>Draws it; null if there is nothing to draw.</summary>
    public XElement? Draw()
    {
        if (_series.Length == 0)
        {
            return null;
        }

        (int Epoch, double Value)[] points = [.. _series.SelectMany(line => line.Points)];
        AxisTicks vertical = AxisTicks.Over(
            fromZero ? Math.Min(0, points.Min(point => point.Value)) : points.Min(point => point.Value),
            points.Max(point => point.Value),
            count: 6);
        double first = points.Min(point => point.Epoch) - 0.5;
        double last = points.Max(point => point.Epoch) + 0.5;

        return Tag.Of(
            "figure",
            Tag.Class("chart"),
            Tag.Of("figcaption", Tag.Of("strong", title), _series.Length > 1 ? Legend() : null),
            Tag.Of(
                "svg",
                Tag.Attribute("viewBox", Invariant($"0 0 {Width} {Height}")),
                Tag.Attribute("role", "img"),
                Tag.Attribute("aria-label", title),
                Grid(vertical, Y),
                Epochs((int)Math.Ceiling(first), (int)Math.Floor(last), X),
                _series.Select(line => Line(line, X, Y))));

        double X(double epoch) => Left + ((Width - Left - Right) * (epoch - first) / (last - first));

        double Y(double value) =>
            Top + ((Height - Top - Bottom) * (vertical.Most - value) / (vertical.Most - vertical.Least));
    }

    private XElement Legend() => Tag.Of(
        "span",
        Tag.Class("legend"),
        _series.Select(line => Tag.Of(
            "span",
            Tag.Of(
                "svg",
                Tag.Attribute("viewBox", "0 0 28 10"),
                Tag.Attribute("aria-hidden", "true"),
                Tag.Class("key"),
                Tag.Of(
                    "line",
                    Tag.Class("line " + line.Kind),
                    Number("x1", 1), Number("y1", 5), Number("x2", 27), Number("y2", 5))),
            line.Name)));

    private static IEnumerable<XElement> Grid(AxisTicks ticks, Func<double, double> y) =>
        ticks.Values.SelectMany(value => (XElement[])
            [
                Tag.Of(
                    "line",
                    Tag.Class("grid"),
                    Number("x1", Left), Number("y1", y(value)), Number("x2", Width - Right), Number("y2", y(value))),
                Text(Left - 8, y(value) + 4, "end", ticks.Format(value)),
            ]);

    private static IEnumerable<XElement> Epochs(int first, int last, Func<double, double> x)
    {
        int step = (int)Math.Max(1, AxisTicks.Over(first, Math.Max(last, first + 1), count: 11).Step);
        for (int epoch = first; epoch <= last; epoch++)
        {
            if (epoch % step == 0 || first == last)
            {
                yield return Text(x(epoch), Height - Bottom + 18, "middle", Invariant($"{epoch}"));
            }
        }

        yield return Text((Width + Left - Right) / 2.0, Height - 6, "middle", "epoch");
    }

    private XElement Line(ChartSeries line, Func<double, double> x, Func<double, double> y)
    {
        IEnumerable<string> path = line.Points.Select(point => Invariant($"{x(point.Epoch):F1},{y(point.Value):F1}"));
        return Tag.Of(
            "g",
            Tag.Of("polyline", Tag.Class("line " + line.Kind), Tag.Attribute("points", string.Join(' ', path))),
            line.Points.Count > MostMarkers ? null : line.Points.Select(point => Tag.Of(
                "circle",
                Tag.Class("dot " + line.Kind),
                Number("cx", x(point.Epoch)), Number("cy", y(point.Value)), Number("r", 3),
                Tag.Of("title", Invariant($"{line.Name}, epoch {point.Epoch}: {format(point.Value)}")))));
    }

    private static XElement Text(double x, double y, string anchor, string text) => Tag.Of(
        "text", Tag.Class("tick"), Number("x", x), Number("y", y), Tag.Attribute("text-anchor", anchor), text);

    private static XAttribute Number(string name, double value) => Tag.Attribute(name, Invariant($"{value:0.#}"));
}
