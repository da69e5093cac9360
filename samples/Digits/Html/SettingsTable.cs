using System.Runtime.InteropServices;
using System.Xml.Linq;
using static System.FormattableString;

namespace NeuralNet.Samples.Digits.Html;

/// <summary>The settings, data and machine of a training, as a table.</summary>
internal static class SettingsTable
{
    /// <summary>Makes the table.</summary>
    public static XElement Of(TrainOptions options, MnistData data, string network)
    {
        (string Name, string? Value)[] rows =
        [
            ("data", Headline.OfData(data)),
            ("network", network),
            ("hidden activation", options.Activation),
            ("output activation", options.OutputActivation),
            ("initial parameters", options.Initialization),
            ("dropout", options.Dropout is { } rate ? Invariant($"{rate}") : null),
            ("training images", options.Augment ? "shifted, turned and scaled" : null),
            ("loss", options.Loss),
            ("optimizer", options.Optimizer),
            ("learning rate", Invariant($"{options.LearningRate}")),
            ("schedule", options.Schedule),
            ("batch size", Invariant($"{options.BatchSize}")),
            ("requested epochs", Invariant($"{options.Epochs}")),
            ("early stopping", options.EarlyStopping is { } patience ? Invariant($"after {patience} epochs") : null),
            ("seed", Invariant($"{options.Seed}")),
            ("threads", Invariant($"{options.Threads}")),
            (
                "machine",
                Invariant($"{Environment.ProcessorCount} processors, {RuntimeInformation.ProcessArchitecture}, ")
                + Invariant($"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}")),
        ];
        return Tag.Of(
            "table",
            Tag.Class("settings"),
            Tag.Of("tbody", rows.Where(row => row.Value is not null).Select(row => Tag.Of(
                "tr", Tag.Of("th", Tag.Attribute("scope", "row"), row.Name), Tag.Of("td", row.Value)))));
    }
}
