using System.Xml.Linq;
using NeuralNet.Guards;
using NeuralNet.Reports.Examining;

namespace NeuralNet.Reports.Html;

/// <summary>What the trained network makes of some data, output by output.</summary>
internal static class ExaminedSections
{
    /// <summary>The headings and what stands below them.</summary>
    public static IEnumerable<XElement> Of(ExaminedData examined) =>
        examined.Outputs.SelectMany(output =>
        {
            string of = $" of the {examined.Data} samples" + (output.Name.Length == 0 ? "" : $": {output.Name}");
            return output switch
            {
                ExaminedClasses classes => Classes(classes, of),
                ExaminedLabels labels => Labels(labels, of),
                _ => Numbers((ExaminedNumbers)output, of),
            };
        });

    private static IEnumerable<XElement> Classes(ExaminedClasses output, string of)
    {
        ClassTally counts = output.Counts;
        if (counts.Undecided > 0)
        {
            yield return Tag.Of(
                "p",
                Tag.Class("remark"),
                $"{Quantity.Of(counts.Undecided, "sample")} without an answer, as the outputs are not finite.");
        }

        if (counts.Count == 0)
        {
            yield break;
        }

        yield return Tag.Of("h2", "Confusion matrix" + of);
        yield return ConfusionTable.Of(counts);
        yield return Tag.Of("h2", "Classes" + of);
        yield return TallyTable.Of([.. Enumerable.Range(0, counts.Names.Count).Select(counts.OfClass)], "class");
        if (output.Mistakes.Count > 0)
        {
            yield return Tag.Of("h2", "The surest mistakes" + of);
            yield return MistakeGallery.Of(output);
        }
    }

    private static IEnumerable<XElement> Labels(ExaminedLabels output, string of) =>
        [Tag.Of("h2", "Labels" + of), TallyTable.Of(output.Labels, "label")];

    private static IEnumerable<XElement> Numbers(ExaminedNumbers output, string of)
    {
        yield return Tag.Of("h2", "Errors" + of);
        long nonFinite = output.Errors.Sum(errors => errors.NonFinite);
        if (nonFinite > 0)
        {
            yield return Tag.Of(
                "p",
                Tag.Class("remark"),
                $"{Quantity.Of(nonFinite, "error is", "errors are")} not finite, and left out.");
        }

        yield return Tag.Of(
            "div",
            Tag.Class("charts"),
            output.Errors.SelectMany(errors =>
            {
                string name = errors.Name.Length == 0 ? "" : $": {errors.Name}";
                return (XElement?[])
                    [PointChart.Scatter(errors, "Predicted" + name), PointChart.Histogram(errors, "Errors" + name)];
            }));
        yield return TallyTable.Of(output.Errors);
    }
}
