using System.Xml.Linq;
using NeuralNet.Reports.Examining;
using static System.FormattableString;

namespace NeuralNet.Reports.Html;

/// <summary>The surest mistakes as pictures.</summary>
internal static class MistakeGallery
{
    /// <summary>Makes the gallery.</summary>
    public static XElement Of(ExaminedClasses output) => Tag.Of(
        "div",
        Tag.Class("mistakes"),
        output.Mistakes.Select(mistake => Figure(output.Counts.Names, mistake)));

    private static XElement Figure(IReadOnlyList<string> names, Mistake mistake) => Tag.Of(
        "figure",
        mistake.Picture is { } picture ? Picture(picture, mistake.Sample) : null,
        Tag.Of(
            "figcaption",
            Tag.Of("span", Tag.Class("is"), names[mistake.Actual]),
            ", taken for ",
            Tag.Of("span", Tag.Class("not"), names[mistake.Predicted]),
            double.IsNaN(mistake.Probability) ? null : Invariant($" ({100 * mistake.Probability:F1} %)"),
            Tag.Of("br"),
            Tag.Of("span", Tag.Class("soft"), Invariant($"sample {mistake.Sample}"))));

    private static XElement Picture(SamplePicture picture, int sample) => picture.Address is { } address
        ? Tag.Of(
            "img",
            Tag.Attribute("src", address),
            Tag.Attribute("alt", Invariant($"sample {sample}")),
            picture.IsPixelated ? Tag.Class("pixels") : null)
        : Tag.Of("p", Tag.Class("sample"), picture.Text);
}
