using System.Xml.Linq;
using NeuralNet.Reports.Examining;
using static System.FormattableString;

namespace NeuralNet.Reports.Html;

/// <summary>
/// The confusion matrix as a table, the more frequent the more colored; of many classes, the most frequent confusions.
/// </summary>
internal static class ConfusionTable
{
    // Of more classes, the matrix would be wider than any screen.
    private const int MostClasses = 40;

    private const int MostConfusions = 30;

    /// <summary>Makes the table.</summary>
    public static XElement Of(ClassTally counts) => counts.Names.Count <= MostClasses
        ? Tag.Scroll(
            "confusion matrix",
            Matrix(counts),
            "Row: what it is. Column: what it was taken for. Recall: the share of a row that was found; precision: the "
            + "share of a column that was right.")
        : Tag.Scroll(
            "the most frequent confusions",
            Confusions(counts),
            Invariant($"Of {counts.Names.Count} classes, those that are confused most often."));

    private static XElement Matrix(ClassTally counts)
    {
        int[] classes = [.. Enumerable.Range(0, counts.Names.Count)];
        double mostWrong = counts.Confusions.Select(confusion => confusion.Count).FirstOrDefault();
        return Tag.Of(
            "table",
            Tag.Class("confusion"),
            Tag.Of("thead", Tag.Of(
                "tr",
                Tag.Of("td"),
                classes.Select(predicted => Tag.Heading("col", counts.Names[predicted])),
                Tag.Heading("col", "recall"))),
            Tag.Of(
                "tbody",
                classes.Select(actual => Tag.Of(
                    "tr",
                    Tag.Heading("row", counts.Names[actual]),
                    classes.Select(predicted => Cell(counts, actual, predicted, mostWrong)),
                    Rate(counts.OfClass(actual).Recall))),
                Tag.Of(
                    "tr",
                    Tag.Heading("row", "precision"),
                    classes.Select(predicted => Rate(counts.OfClass(predicted).Precision)),
                    Tag.Of("td"))));
    }

    private static XElement Confusions(ClassTally counts) => Tag.Of(
        "table",
        Tag.Of("thead", Tag.Of(
            "tr", Tag.Heading("col", "it is"), Tag.Heading("col", "taken for"), Tag.Heading("col", "samples"))),
        Tag.Of("tbody", counts.Confusions.Take(MostConfusions).Select(confusion => Tag.Of(
            "tr",
            Tag.Of("td", Tag.Class("text"), counts.Names[confusion.Actual]),
            Tag.Of("td", Tag.Class("text"), counts.Names[confusion.Predicted]),
            Tag.Of("td", FigureText.Count(confusion.Count))))));

    private static XElement Cell(ClassTally counts, int actual, int predicted, double mostWrong)
    {
        double count = counts[actual, predicted];
        if (count == 0)
        {
            return Tag.Of("td", Tag.Class("none"), "·");
        }

        // Mistakes are few; the square root keeps single ones visible beside many.
        bool isHit = actual == predicted;
        double share = isHit ? counts.OfClass(actual).Recall : Math.Sqrt(count / mostWrong);
        return Tag.Of(
            "td",
            Tag.Class(isHit ? "hit" : "miss"),
            Tag.Attribute("style", Invariant($"--share: {share:0.###}")),
            FigureText.Count((long)count));
    }

    private static XElement Rate(double share) =>
        Tag.Of("td", Tag.Class("rate"), double.IsNaN(share) ? "–" : Invariant($"{100.0 * share:F1} %"));
}
