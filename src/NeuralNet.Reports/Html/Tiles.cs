using System.Xml.Linq;
using NeuralNet.Guards;
using NeuralNet.Reports.Examining;
using NeuralNet.Reports.Recording;

namespace NeuralNet.Reports.Html;

/// <summary>The most important figures of a run, large.</summary>
internal static class Tiles
{
    private const int MostFigures = 5;

    /// <summary>Makes the tiles.</summary>
    public static XElement Of(RunData run) => Tag.Of(
        "div", Tag.Class("tiles"), All(run).Select(tile => Tag.Of(
            "div", Tag.Class("tile"), Tag.Of("b", tile.Figure), Tag.Of("span", tile.Meaning))));

    private static IEnumerable<(string Figure, string Meaning)> All(RunData run)
    {
        Curves curves = run.Curves;
        foreach ((string, string) tile in run.Examined is { Figures.Count: > 0 } examined
            ? Final(examined)
            : Latest(curves))
        {
            yield return tile;
        }

        if (!run.IsRunning && run.Examined?.Outputs is [ExaminedClasses { Counts: var counts }])
        {
            yield return (
                FigureText.Count(counts.Count - counts.Right),
                $"mistakes in {FigureText.Count(counts.Count)} {run.Examined.Data} samples");
        }

        if (curves.Epochs.Count > 1 && BestEpoch.Of(curves) is { } best)
        {
            yield return (
                FigureText.Of(best.Series.Name, best.Series.Values[best.Index]),
                $"{best.Series.Name.Line} {best.Series.Name.Title} in the best epoch, {curves.Epochs[best.Index]}");
        }

        double seconds = Sum(curves, FigureKind.Seconds);
        double samples = Sum(curves, FigureKind.Samples);
        int epochs = curves.Epochs.Count;
        if (epochs > 0)
        {
            string inAll = FigureText.Seconds(run.Duration.TotalSeconds);
            yield return (
                FigureText.Seconds(seconds), $"of training in {Quantity.Of(epochs, "epoch")}; {inAll} in all");
        }

        if (seconds > 0 && samples > 0)
        {
            yield return (FigureText.Short(samples / seconds), "samples trained on per second");
        }
    }

    private static IEnumerable<(string Figure, string Meaning)> Final(ExaminedData examined) =>
        examined.Figures.OrderByDescending(figure => figure.Name.IsShare).Take(MostFigures).Select(figure =>
            (FigureText.Of(figure.Name, figure.Value), $"{figure.Name.Line} {figure.Name.Title}"));

    private static IEnumerable<(string Figure, string Meaning)> Latest(Curves curves) =>
        curves.Series.Where(series => series.Name.Kind is FigureKind.Loss or FigureKind.Metric)
            .Where(series => !double.IsNaN(series.Last)).Take(MostFigures)
            .Select(series => (
                FigureText.Of(series.Name, series.Last), $"{series.Name.Line} {series.Name.Title}, the latest"));

    private static double Sum(Curves curves, FigureKind kind) =>
        curves.Of(kind).SelectMany(series => series.Values).Where(double.IsFinite).Sum();
}
