using System.Xml.Linq;
using NeuralNet.Reports.Recording;
using static System.FormattableString;

namespace NeuralNet.Reports.Html;

/// <summary>A training run as an HTML page.</summary>
internal static class ReportPage
{
    private const string CurveNote =
        "Training figures are means over an epoch, each sample measured when it was seen, before the network learned "
        + "from it. The others are measured at the end of the epoch.";

    private const string LayerNote =
        "Gradient norm: the length of the gradient of a layer's parameters, the mean over some steps of the epoch. "
        + "Weight norm: the length of the parameters at its end. Dead units give 0 and learn nothing, whatever the "
        + "sample.";

    /// <summary>Writes the page.</summary>
    /// <param name="run">The run.</param>
    /// <param name="refresh">The time after which the page loads again while the run goes on; never if null.</param>
    public static string Write(RunData run, TimeSpan? refresh)
    {
        TimeSpan? interval = run.IsRunning ? refresh : null;
        return Page.Write(
            run.Title,
            Tag.Of(
                "meta", Tag.Attribute("name", RunFile.Name), Tag.Attribute("content", RunFile.Write(run))),
            [.. Head(run, interval), .. Sections(run)],
            interval is { } time ? Refresh.Code(time) : null);
    }

    private static IEnumerable<XElement?> Head(RunData run, TimeSpan? refresh) =>
    [
        Tag.Of("h1", run.Title),
        Tag.Of("p", Tag.Class("soft"), run.Network),
        Tag.Of("p", Tag.Class("status"), run.Status),
        run.Progress is { } progress
            ? Tag.Of(
                "progress",
                Tag.Attribute("value", Invariant($"{progress:0.####}")), Tag.Attribute("max", "1"),
                Tag.Attribute("aria-label", "progress of the run"),
                FigureText.Percent(progress))
            : null,
        Tag.Of("p", Tag.Class("soft small"), Invariant($"Written {run.Written.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")),
        refresh is { } interval ? Refresh.Switch(interval) : null,
        Tiles.Of(run),
        .. run.Remarks.Concat(run.Warnings).Select(remark => Tag.Of("p", Tag.Class("remark"), remark)),
    ];

    private static IEnumerable<XElement?> Sections(RunData run) =>
    [
        .. Page.Charts("Learning curves", CurveCharts.Of(run.Curves), CurveNote),
        .. run.Examined is { } examined ? ExaminedSections.Of(examined) : [],
        .. Page.Charts("Layers", CurveCharts.OfLayers(run.Curves), LayerNote),
        EpochTable.OfLayers(run) is { } layers ? Page.Details("The layers epoch by epoch, as a table", layers) : null,
        .. run.Curves.Epochs.Count == 0
            ? (XElement[])[]
            : [Tag.Of("h2", "Epoch by epoch"), EpochTable.Of(run)],
        .. run.Settings.Count == 0
            ? (XElement[])[]
            : [Tag.Of("h2", "Settings"), SettingsTable.Of(run.Settings)],
        run.Summary.Length == 0
            ? null
            : Page.Details(
                "The network, layer by layer",
                Tag.Scroll("the network, layer by layer", Tag.Of("pre", run.Summary))),
    ];
}
