using System.Xml.Linq;
using static System.FormattableString;

namespace NeuralNet.Samples.Digits.Html;

/// <summary>
/// A training run as one HTML file that needs nothing else: no network, no script. It is well-formed XML, too.
/// </summary>
internal sealed class HtmlReport(TrainOptions options, string network, RunResult result, DateTimeOffset now)
{
    // Of more classes, the matrix would be wider than any screen.
    private const int MostClasses = 40;

    private const string Note =
        "Training figures are means over an epoch, each sample measured when it was seen, before the "
        + "network learned from it. The others are measured at the end of the epoch.";

    /// <summary>Writes it to a file.</summary>
    public void Save(string path) => OutputFile.WriteText(path, ToHtml());

    /// <summary>The whole document.</summary>
    public string ToHtml()
    {
        string title = Invariant(
            $"{result.Data.Name}: {100 * result.Confusion.Accuracy:F2} % of the test samples read correctly");
        XElement html = Tag.Of(
            "html",
            Tag.Attribute("lang", "en"),
            Tag.Of(
                "head",
                Tag.Of("meta", Tag.Attribute("charset", "utf-8")),
                Tag.Of(
                    "meta",
                    Tag.Attribute("name", "viewport"),
                    Tag.Attribute("content", "width=device-width, initial-scale=1")),
                Tag.Of("title", title),
                Tag.Of("style", ReportStyle.Css)),
            Tag.Of("body", Tag.Of("main", Head(title), Sections())));
        return "<!DOCTYPE html>\n" + html.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private IEnumerable<XElement> Head(string title) =>
    [
        Tag.Of("h1", title),
        Tag.Of("p", Tag.Class("soft"), network),
        Tag.Of("p", Tag.Class("soft"), Invariant($"Written {now.UtcDateTime:yyyy-MM-dd HH:mm} UTC")),
        Tag.Of("div", Tag.Class("tiles"), Tiles()),
        .. ((string?[])[result.Interruption, result.KeptLine]).OfType<string>()
            .Select(remark => Tag.Of("p", Tag.Class("remark"), remark)),
    ];

    private IEnumerable<XElement> Sections() =>
    [
        Tag.Of("h2", "Learning curves" + result.Data.ResultSuffix),
        Tag.Of(
            "div",
            Tag.Class("charts"),
            Charts().Select(chart => chart.Draw()),
            Tag.Of("p", Tag.Class("soft note"), Note)),
        .. result.Confusion.Classes <= MostClasses
            ? (XElement[])
            [
                Tag.Of("h2", "Confusion matrix of the test samples" + result.Data.ResultSuffix),
                Tag.Of("div", Tag.Class("scroll"), ConfusionTable.Of(result.Confusion)),
            ]
            : [],
        .. result.Mistakes.Count > 0
            ? (XElement[])[Tag.Of("h2", "The surest mistakes" + result.Data.ResultSuffix), MistakeGallery.Of(result)]
            : [],
        Tag.Of("h2", "Epoch by epoch" + result.Data.ResultSuffix),
        Tag.Of("div", Tag.Class("scroll"), EpochTable.Of(result)),
        Tag.Of("h2", "Settings"),
        SettingsTable.Of(options, result.Data, network),
    ];

    private IEnumerable<XElement> Tiles()
    {
        double seconds = result.Epochs.Sum(epoch => epoch.Training.Duration.TotalSeconds);
        double samples = result.Epochs.Sum(epoch => (double)epoch.Training.Samples);
        yield return Tile(Invariant($"{100 * result.Confusion.Accuracy:F2} %"), "test accuracy");
        yield return Tile(
            Invariant($"{result.Confusion.Count - result.Confusion.Correct}"),
            Invariant($"mistakes in {result.Confusion.Count} test samples"));
        yield return Tile(Invariant($"{result.TestLoss:F4}"), "test loss");
        if (result.Best is { } best)
        {
            yield return Tile(
                Invariant($"{100 * best.TestAccuracy:F2} %"),
                Invariant($"test accuracy in the best epoch, {best.Training.Epoch}"));
        }

        string epochs = result.Epochs.Count == 1 ? "1 epoch" : Invariant($"{result.Epochs.Count} epochs");
        yield return Tile(
            Invariant($"{seconds:F1} s"),
            Invariant($"of training in {epochs}; {result.History.Duration.TotalSeconds:F1} s with tests"));
        if (seconds > 0)
        {
            yield return Tile(Invariant($"{samples / seconds:N0}"), "samples trained on per second");
        }
    }

    private IEnumerable<LineChart> Charts()
    {
        IReadOnlyList<EpochRecord> epochs = result.Epochs;
        yield return new(
            "Loss",
            [
                ChartSeries.Of("training", "train", epochs, epoch => epoch.Training.Loss),
                ChartSeries.Of("validation", "validation", epochs, epoch => epoch.Training.Validation?.Loss),
                ChartSeries.Of("test", "test", epochs, epoch => epoch.Test?.Loss),
            ],
            loss => Invariant($"{loss:F4}"),
            fromZero: true);
        yield return new(
            "Accuracy, %",
            [
                ChartSeries.Of("training", "train", epochs, epoch => 100 * epoch.TrainAccuracy),
                ChartSeries.Of("validation", "validation", epochs, epoch => 100 * epoch.ValidationAccuracy),
                ChartSeries.Of("test", "test", epochs, epoch => 100 * epoch.TestAccuracy),
            ],
            accuracy => Invariant($"{accuracy:F2} %"));
        yield return new(
            "Learning rate at the end of each epoch",
            [ChartSeries.Of("learning rate", "train", epochs, epoch => epoch.Training.LearningRate)],
            rate => Invariant($"{rate:G4}"),
            fromZero: true);
    }

    private static XElement Tile(string figure, string meaning) =>
        Tag.Of("div", Tag.Class("tile"), Tag.Of("b", figure), Tag.Of("span", meaning));
}
