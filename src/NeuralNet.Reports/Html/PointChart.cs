using System.Xml.Linq;
using NeuralNet.Reports.Examining;

namespace NeuralNet.Reports.Html;

/// <summary>The charts of predicted numbers: predicted against actual, and how often errors of each size are.</summary>
internal static class PointChart
{
    private const int Bars = 24;

    /// <summary>Predicted against actual; on the line both are the same. Null without a point.</summary>
    public static XElement? Scatter(ErrorTally errors, string title)
    {
        if (errors.Points.Count == 0)
        {
            return null;
        }

        double least = errors.Points.Min(point => Math.Min(point.Actual, point.Predicted));
        double most = errors.Points.Max(point => Math.Max(point.Actual, point.Predicted));
        var axis = Axis.Straight(least, most, 6);
        var frame = new ChartFrame(axis, axis, "actual", "predicted");
        (double first, double last) = (axis.Marks[0].Value, axis.Marks[^1].Value);
        string note = errors.Points.Count < errors.Count
            ? $"{FigureText.Count(errors.Points.Count)} of {FigureText.Count(errors.Count)} points, evenly chosen. "
            : "";
        return frame.Draw(
            title,
            $"Predicted numbers against actual ones from {FigureText.Of(least)} to {FigureText.Of(most)}; R² is "
                + $"{FigureText.Of(errors.Explained)}.",
            legend: null,
            [
                Tag.Of(
                    "line",
                    Tag.Class("line c2"),
                    Tag.Attribute("x1", frame.X(first)), Tag.Attribute("y1", frame.Y(first)),
                    Tag.Attribute("x2", frame.X(last)), Tag.Attribute("y2", frame.Y(last))),
                .. errors.Points.Select(point => Tag.Of(
                    "circle",
                    Tag.Class("point c1"),
                    Tag.Attribute("cx", frame.X(point.Actual)), Tag.Attribute("cy", frame.Y(point.Predicted)),
                    Tag.Attribute("r", 2.5))),
            ],
            note + "On the dashed line, the prediction is right.");
    }

    /// <summary>A bar for each range of errors, as high as they are frequent. Null without an error.</summary>
    public static XElement? Histogram(ErrorTally errors, string title)
    {
        if (errors.Errors.Count == 0)
        {
            return null;
        }

        double least = errors.Errors.Min();
        double most = errors.Errors.Max();
        var across = Axis.Straight(least, most, 6);
        (double first, double last) = (across.Marks[0].Value, across.Marks[^1].Value);
        double width = (last - first) / Bars;
        int[] counts = new int[Bars];
        foreach (double error in errors.Errors)
        {
            counts[Math.Clamp((int)((error - first) / width), 0, Bars - 1)]++;
        }

        var frame = new ChartFrame(across, Axis.Straight(0, counts.Max(), 5), "predicted − actual", "count");
        return frame.Draw(
            title,
            $"Errors from {FigureText.Of(least)} to {FigureText.Of(most)}, {FigureText.Of(errors.Bias)} in the mean.",
            legend: null,
            counts.Select((count, i) => Bar(count, first + (i * width), first + ((i + 1) * width), frame)));
    }

    private static XElement? Bar(int count, double from, double to, ChartFrame frame) => count == 0
        ? null
        : Tag.Of(
            "rect",
            Tag.Class("bar c1"),
            Tag.Attribute("x", frame.X(from) + 0.5),
            Tag.Attribute("y", frame.Y(count)),
            Tag.Attribute("width", Math.Max(1, frame.X(to) - frame.X(from) - 1)),
            Tag.Attribute("height", frame.Y(0) - frame.Y(count)),
            Tag.Of(
                "title", $"{FigureText.Count(count)} from {FigureText.Short(from)} to {FigureText.Short(to)}"));
}
