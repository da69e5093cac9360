using System.Xml.Linq;
using NeuralNet.Metrics;
using static System.FormattableString;

namespace NeuralNet.Samples.Digits.Html;

/// <summary>
/// The confusion matrix as a table, the more frequent the more colored, with recall and precision of each class.
/// </summary>
internal static class ConfusionTable
{
    /// <summary>Makes the table.</summary>
    public static XElement Of(ConfusionMatrix confusion)
    {
        int[] classes = [.. Enumerable.Range(0, confusion.Classes)];
        double mostWrong = classes.Max(actual => classes.Where(predicted => predicted != actual)
            .Select(predicted => confusion[actual, predicted]).DefaultIfEmpty().Max());
        return Tag.Of(
            "table",
            Tag.Class("confusion"),
            Tag.Of(
                "caption", "Row: what it is. Column: what it was taken for. Recall: the share of a row that was found; "
                + "precision: the share of a column that was right."),
            Tag.Of("thead", Tag.Of(
                "tr",
                Tag.Of("th", Tag.Class("corner")),
                classes.Select(predicted => Heading("col", Invariant($"{predicted}"))),
                Heading("col", "recall"))),
            Tag.Of(
                "tbody",
                classes.Select(actual => Tag.Of(
                    "tr",
                    Heading("row", Invariant($"{actual}")),
                    classes.Select(predicted => Cell(confusion, actual, predicted, mostWrong)),
                    Rate(confusion[actual, actual], classes.Sum(predicted => confusion[actual, predicted])))),
                Tag.Of(
                    "tr",
                    Heading("row", "precision"),
                    classes.Select(predicted =>
                        Rate(confusion[predicted, predicted], classes.Sum(actual => confusion[actual, predicted]))),
                    Tag.Of("td"))));
    }

    private static XElement Cell(ConfusionMatrix confusion, int actual, int predicted, double mostWrong)
    {
        double count = confusion[actual, predicted];
        if (count == 0)
        {
            return Tag.Of("td", Tag.Class("none"), "·");
        }

        // Mistakes are few; the square root keeps single ones visible beside many.
        bool isHit = actual == predicted;
        double share = isHit
            ? count / Enumerable.Range(0, confusion.Classes).Sum(other => confusion[actual, other])
            : Math.Sqrt(count / mostWrong);
        return Tag.Of(
            "td",
            Tag.Class(isHit ? "hit" : "miss"),
            Tag.Attribute("style", Invariant($"--share: {share:0.###}")),
            Invariant($"{count}"));
    }

    private static XElement Heading(string scope, string text) => Tag.Of("th", Tag.Attribute("scope", scope), text);

    private static XElement Rate(double right, double all) =>
        Tag.Of("td", Tag.Class("rate"), all == 0 ? "–" : Invariant($"{100.0 * right / all:F1} %"));
}
