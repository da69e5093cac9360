using System.Globalization;
using System.Net;
using System.Text.Json;
using NeuralNet.Guards;

namespace NeuralNet.Reports.Recording;

/// <summary>The figures of a run within its page, where a comparison finds them.</summary>
internal static class RunFile
{
    /// <summary>The name of the element that holds them.</summary>
    public const string Name = "neuralnet-run";

    // More epochs would make the page heavy; the extremes are kept.
    private const int MostEpochs = 2000;

    // No page of ours is near it.
    private const long LongestPage = 256 << 20;

    /// <summary>The figures as text.</summary>
    public static string Write(RunData run)
    {
        Curves curves = run.Curves.Thinned(MostEpochs);
        return JsonSerializer.Serialize(
            new()
            {
                Title = run.Title,
                Status = run.Status,
                Seconds = Math.Round(run.Duration.TotalSeconds, 3),
                Settings = [.. run.Settings.Select(setting => (string[])[setting.Key, setting.Value])],
                Epochs = [.. curves.Epochs],
                Series =
                [
                    .. curves.Series.Select(series => new SeriesJson(
                        series.Name.Kind, series.Name.Metric, series.Name.Line, [.. series.Values.Select(Finite)])),
                ],
                Final =
                [
                    .. (run.Examined?.Figures ?? []).Select(figure => new FinalJson(
                        figure.Name.Kind, figure.Name.Metric, figure.Name.Line, Finite(figure.Value))),
                ],
            },
            RunJsonContext.Default.RunJson);
    }

    /// <summary>Reads the figures out of a page.</summary>
    /// <exception cref="InvalidDataException">The file is no page of a run.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RunJson Read(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > LongestPage })
        {
            throw Refusal(path, "it is too large");
        }

        string page = File.ReadAllText(path);
        string start = $"<meta name=\"{Name}\" content=\"";
        int first = page.IndexOf(start, StringComparison.Ordinal) + start.Length;
        int end = first < start.Length ? -1 : page.IndexOf('"', first);
        if (end < 0)
        {
            throw Refusal(path, "it holds no figures of a run");
        }

        try
        {
            RunJson? run = JsonSerializer.Deserialize(
                WebUtility.HtmlDecode(page[first..end]), RunJsonContext.Default.RunJson);
            return run is not null && IsWhole(run) ? run : throw Refusal(path, "its figures are damaged");
        }
        catch (JsonException exception)
        {
            throw Refusal(path, "its figures are damaged", exception);
        }
    }

    /// <summary>Reads the figures out of a page; null if there is none.</summary>
    public static RunJson? TryRead(string? path)
    {
        try
        {
            return File.Exists(path) ? Read(path) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The figures of a run that was read.</summary>
    public static Curves ToCurves(RunJson run) => new(
        run.Epochs,
        [
            .. run.Series.Select(series => new Series(
                new(series.Kind, series.Metric, series.Line), [.. series.Values.Select(value => value ?? double.NaN)])),
        ]);

    // A file may hold anything that is JSON.
    private static bool IsWhole(RunJson run) =>
        run is { Title: not null, Status: not null, Settings: not null, Epochs: not null }
        && run is { Series: not null, Final: not null }
        && run.Settings.All(setting => setting is [not null, not null])
        && run.Epochs.Zip(run.Epochs.Skip(1)).All(pair => pair.First < pair.Second)
        && run.Final.All(figure => figure is { Metric: not null, Line: not null } && Enum.IsDefined(figure.Kind))
        && run.Series.All(series => series is { Metric: not null, Line: not null, Values: not null }
            && Enum.IsDefined(series.Kind) && series.Values.Length == run.Epochs.Length)
        && run.Format == 1;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static InvalidDataException Refusal(string path, string reason, Exception? cause = null) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"'{MessageText.File(path)}' is no report of a training run: {reason}. Name pages that HtmlReport wrote."),
        cause);
}
