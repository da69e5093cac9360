using System.Xml.Linq;
using NeuralNet.Reports.Examining;
using static System.FormattableString;

namespace NeuralNet.Reports.Html;

/// <summary>The figures of every class or label, and of errors, as tables.</summary>
internal static class TallyTable
{
    private const int MostRows = 100;

    /// <summary>Precision, recall and F1 of every class or label; of very many, of the worst.</summary>
    public static XElement Of(IReadOnlyList<LabelTally> tallies, string what)
    {
        IEnumerable<LabelTally> shown = tallies.Count <= MostRows
            ? tallies
            : tallies.OrderBy(tally => double.IsNaN(tally.F1) ? 2 : tally.F1).Take(MostRows);
        return Tag.Scroll(
            $"figures of every {what}",
            Tag.Of(
                "table",
                Tag.Class("classes"),
                Tag.Of("thead", Tag.Of(
                    "tr",
                    ((string[])[what, "precision", "recall", "F1", "samples", "predicted"])
                        .Select(heading => Tag.Heading("col", heading)))),
                Tag.Of("tbody", shown.Select(tally => Tag.Of(
                    "tr",
                    Tag.Heading("row", tally.Name),
                    Tag.Of("td", FigureText.Percent(tally.Precision)),
                    Tag.Of("td", FigureText.Percent(tally.Recall)),
                    Tag.Of("td", FigureText.Percent(tally.F1)),
                    Tag.Of("td", FigureText.Count(tally.Actual)),
                    Tag.Of("td", FigureText.Count(tally.Predicted)))))),
            (tallies.Count <= MostRows ? "" : Invariant($"The {MostRows} lowest of {tallies.Count}, by F1. "))
            + "F1 is the harmonic mean of precision and recall; – where there is no sample to tell.");
    }

    /// <summary>The errors of every number.</summary>
    public static XElement Of(IReadOnlyList<ErrorTally> errors) => Tag.Scroll("errors", Tag.Of(
        "table",
        Tag.Of("thead", Tag.Of(
            "tr",
            ((string[])
                ["output", "mean absolute error", "root mean square", "R²", "mean error", "largest error", "count"])
                .Select(heading => Tag.Heading("col", heading)))),
        Tag.Of("tbody", errors.Select(error => Tag.Of(
            "tr",
            Tag.Heading("row", error.Name.Length == 0 ? "prediction" : error.Name),
            ((double[])
                [error.MeanAbsolute, error.RootMeanSquare, error.Explained, error.Bias, error.Largest])
                .Select(figure => Tag.Of("td", double.IsNaN(figure) ? "–" : FigureText.Of(figure))),
            Tag.Of("td", FigureText.Count(error.Count)))))));
}
