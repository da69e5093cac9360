using System.Xml.Linq;
using NeuralNet.Reports.Recording;

namespace NeuralNet.Reports.Html;

/// <summary>The charts of a run.</summary>
internal static class CurveCharts
{
    // Of a deeper network, the table has the rest.
    private const int MostLayers = 40;

    private static readonly FigureKind[] _ofLayers =
        [FigureKind.GradientNorm, FigureKind.WeightNorm, FigureKind.DeadUnits];

    /// <summary>Loss, metrics, learning rate and time.</summary>
    public static IEnumerable<XElement> Of(Curves curves)
    {
        IEnumerable<IEnumerable<Series>> charts =
        [
            curves.Of(FigureKind.Loss),
            .. curves.Metrics,
            curves.Of(FigureKind.LearningRate),
            curves.Of(FigureKind.Seconds),
        ];
        return charts.Select(chart => Draw(curves.Epochs, chart, "")).OfType<XElement>();
    }

    /// <summary>The layers, some in each chart.</summary>
    public static IEnumerable<XElement> OfLayers(Curves curves)
    {
        foreach (FigureKind kind in _ofLayers)
        {
            Series[][] parts = [.. curves.Of(kind).Take(MostLayers).Chunk(LineChart.MostLines)];
            foreach (Series[] part in parts)
            {
                string which = parts.Length == 1 ? "" : $", {part[0].Name.Line} to {part[^1].Name.Line}";
                if (Draw(curves.Epochs, part, which) is { } chart)
                {
                    yield return chart;
                }
            }
        }
    }

    /// <summary>A name as a heading.</summary>
    public static string Title(string name) =>
        name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');

    private static XElement? Draw(IReadOnlyList<int> epochs, IEnumerable<Series> series, string which)
    {
        ChartLine[] lines =
            [.. series.Select(line => new ChartLine(line.Name.Line, line.Name, epochs, line.Values))];
        return lines.Length == 0 ? null : new LineChart(Title(lines[0].Figure.Title) + which, lines).Draw();
    }
}
