using System.Xml.Linq;
using NeuralNet.Training;
using static System.FormattableString;

namespace NeuralNet.Samples.Digits.Html;

/// <summary>The figures of every epoch as a table.</summary>
internal static class EpochTable
{
    private sealed record Column(string Heading, Func<EpochRecord, string> Cell);

    /// <summary>Makes the table.</summary>
    public static XElement Of(RunResult result)
    {
        Column[] columns =
        [
            new("epoch", epoch => Invariant($"{epoch.Training.Epoch}{(epoch.Training.IsComplete ? "" : " (part)")}")),
            new("learning rate", epoch => Invariant($"{epoch.Training.LearningRate:G4}")),
            new("training loss", epoch => Number(epoch.Training.Loss)),
            new("training accuracy", epoch => Percent(epoch.TrainAccuracy)),
            .. result.Data.Validation is null
                ? (Column[])[]
                : [
                    new("validation loss", epoch => Number(epoch.Training.Validation?.Loss)),
                    new("validation accuracy", epoch => Percent(epoch.ValidationAccuracy)),
                ],
            .. result.Best is null
                ? (Column[])[]
                : [
                    new("test loss", epoch => Number(epoch.Test?.Loss)),
                    new("test accuracy", epoch => Percent(epoch.TestAccuracy)),
                ],
            new("seconds", epoch => Invariant($"{epoch.Training.Duration.TotalSeconds:F2}")),
            new("samples/s", epoch => Rate(epoch.Training)),
        ];
        return Tag.Of(
            "table",
            result.Best is null ? null : Tag.Of("caption", "Bold: the first epoch with the highest test accuracy."),
            Tag.Of("thead", Tag.Of(
                "tr", columns.Select(column => Tag.Of("th", Tag.Attribute("scope", "col"), column.Heading)))),
            Tag.Of("tbody", result.Epochs.Select(epoch => Tag.Of(
                "tr",
                epoch == result.Best ? Tag.Class("best") : null,
                columns.Select(column => Tag.Of("td", column.Cell(epoch)))))));
    }

    private static string Number(double? value) => value is null ? "" : Invariant($"{value:F4}");

    private static string Percent(double? share) => share is null ? "" : Invariant($"{100 * share:F2} %");

    private static string Rate(EpochResult epoch) =>
        double.IsFinite(epoch.SamplesPerSecond) ? Invariant($"{epoch.SamplesPerSecond:N0}") : "";
}
