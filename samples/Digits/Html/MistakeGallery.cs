using System.Xml.Linq;
using NeuralNet.Samples.Digits.Images;
using static System.FormattableString;

namespace NeuralNet.Samples.Digits.Html;

/// <summary>The surest mistakes as pictures.</summary>
internal static class MistakeGallery
{
    private const int MostMistakes = 24;

    /// <summary>Makes the gallery.</summary>
    public static XElement Of(TestResult result) => Tag.Of(
        "div",
        Tag.Class("mistakes"),
        result.Mistakes.Take(MostMistakes).Select(mistake => Picture(result.Data, mistake)));

    private static XElement Picture(MnistData data, Mistake mistake)
    {
        byte[] file = PngEncoder.Encode(
            new(data.Rows, data.Columns, data.Test.Inputs.Column(mistake.Sample).ToArray()));
        return Tag.Of(
            "figure",
            Tag.Of(
                "img",
                Tag.Attribute("src", "data:image/png;base64," + Convert.ToBase64String(file)),
                Tag.Attribute("alt", Invariant($"test sample {mistake.Sample}")),
                Tag.Attribute("width", Invariant($"{data.Columns}")),
                Tag.Attribute("height", Invariant($"{data.Rows}"))),
            Tag.Of(
                "figcaption",
                Tag.Of("span", Tag.Class("is"), Invariant($"{mistake.Actual}")),
                ", taken for ",
                Tag.Of("span", Tag.Class("not"), Invariant($"{mistake.Predicted}")),
                Tag.Of("br"),
                Tag.Of("span", Tag.Class("soft"), Invariant($"sample {mistake.Sample}"))));
    }
}
