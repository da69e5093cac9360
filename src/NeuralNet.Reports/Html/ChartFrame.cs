using System.Xml.Linq;

namespace NeuralNet.Reports.Html;

/// <summary>The paper of a chart: two axes with their marks, and where a point lies between them.</summary>
/// <param name="across">The horizontal axis.</param>
/// <param name="up">The vertical axis.</param>
/// <param name="acrossName">The name of the horizontal axis.</param>
/// <param name="upName">The name of the vertical axis; none if null.</param>
internal sealed class ChartFrame(Axis across, Axis up, string acrossName, string? upName = null)
{
    private const int Width = 440;
    private const int Height = 250;
    private const int Right = 16;
    private const int Top = 14;
    private const int Bottom = 44;

    // As many as the longest label needs, and the name beside it.
    private readonly int _left =
        (upName is null ? 20 : 38) + (8 * up.Marks.Max(mark => Math.Min(12, mark.Label.Length)));

    /// <summary>The horizontal place of a value.</summary>
    public double X(double value) => _left + ((Width - _left - Right) * across.Place(value));

    /// <summary>The vertical place of a value; higher values are further up, that is at a smaller y.</summary>
    public double Y(double value) => Height - Bottom - ((Height - Top - Bottom) * up.Place(value));

    /// <summary>Draws the paper and what is on it.</summary>
    /// <param name="title">The title.</param>
    /// <param name="description">What a person would say who sees the chart.</param>
    /// <param name="legend">The meaning of the lines; none if null.</param>
    /// <param name="content">What is drawn.</param>
    /// <param name="note">A line below it; none if null.</param>
    public XElement Draw(
        string title, string description, XElement? legend, IEnumerable<XElement?> content, string? note = null) =>
        Tag.Of(
            "figure",
            Tag.Class("chart"),
            Tag.Of("figcaption", Tag.Of("h3", title), legend),
            Tag.Of(
                "svg",
                Tag.Attribute("viewBox", $"0 0 {Width} {Height}"),
                Tag.Attribute("role", "img"),
                Tag.Attribute("aria-label", $"{title}. {description}"),
                Grid(),
                content),
            note is null ? null : Tag.Of("p", Tag.Class("soft small"), note));

    private IEnumerable<XElement> Grid()
    {
        foreach ((double value, string label) in up.Marks)
        {
            yield return Tag.Of(
                "line",
                Tag.Class("grid"),
                Tag.Attribute("x1", _left), Tag.Attribute("y1", Y(value)),
                Tag.Attribute("x2", Width - Right), Tag.Attribute("y2", Y(value)));
            yield return Text(_left - 8, Y(value) + 4, "end", label);
        }

        foreach ((double value, string label) in across.Marks)
        {
            yield return Text(X(value), Height - Bottom + 18, "middle", label);
        }

        yield return Text((Width + _left - Right) / 2.0, Height - 6, "middle", acrossName);
        if (upName is not null)
        {
            double middle = (Top + Height - Bottom) / 2.0;
            XElement name = Text(14, middle, "middle", upName);
            name.Add(Tag.Attribute("transform", FormattableString.Invariant($"rotate(-90 14 {middle:0.#})")));
            yield return name;
        }
    }

    private static XElement Text(double x, double y, string anchor, string text) => Tag.Of(
        "text",
        Tag.Class("tick"),
        Tag.Attribute("x", x), Tag.Attribute("y", y), Tag.Attribute("text-anchor", anchor),
        text);
}
