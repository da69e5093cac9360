using NeuralNet.Reports.Recording;

namespace NeuralNet.Reports.Html;

/// <summary>The best epoch of a run: by the accuracy if one is measured, else by the loss.</summary>
internal static class BestEpoch
{
    /// <summary>
    /// Its index, the figure it is the best by, and why; on the data named last, such as a test, else on those of
    /// validation. Null if nothing but the training was measured, whose figures mostly fall to the end.
    /// </summary>
    public static (int Index, Series Series, string Reason)? Of(Curves curves)
    {
        Series[] others =
        [
            .. curves.Series.Where(series => series.Name.Kind is FigureKind.Loss or FigureKind.Metric
                && series.Name.Line != FigureName.Training && series.Values.Any(double.IsFinite)),
        ];
        if (others.Length == 0)
        {
            return null;
        }

        string line = others[^1].Name.Line;
        Series? share = Array.Find(others, series => series.Name.Line == line && series.Name.IsShare);
        Series? loss = Array.Find(others, series => series.Name.Line == line && series.Name.Kind == FigureKind.Loss);
        if ((share ?? loss) is not { } series)
        {
            return null;
        }

        double sign = series == share ? -1 : 1;
        int best = Enumerable.Range(0, series.Values.Count).Where(index => double.IsFinite(series.Values[index]))
            .MinBy(index => sign * series.Values[index]);
        return (best, series, $"the {(series == share ? "highest" : "lowest")} {line} {series.Name.Title}");
    }
}
