using NeuralNet.Forecasting.Series;
using NeuralNet.Guards;

namespace NeuralNet.Forecasting.Windows;

/// <summary>
/// Where the features of a window stand in the column of a sample, and what it takes to fill it: targets, past-only and
/// known columns and calendar features of each step of the past; then known columns and calendar features of each step
/// of the horizon.
/// </summary>
internal sealed record WindowLayout(
    int Length,
    int Horizon,
    string[] Targets,
    string[] Past,
    string[] Known,
    CalendarPart[] Calendar,
    double[] Quantiles,
    SeriesScaling Scaling,
    SeriesTransform Transform,
    Frequency Frequency)
{
    /// <summary>All columns of which values are read, in the order of the features of a step.</summary>
    public string[] Columns { get; } = [.. Targets, .. Past, .. Known];

    /// <summary>Number of calendar features of a step.</summary>
    public int CalendarSize => CalendarFeatures.PerPart * Calendar.Length;

    /// <summary>Number of features of a step of the past.</summary>
    public int PastFeatures => Columns.Length + CalendarSize;

    /// <summary>Number of features of a step of the horizon.</summary>
    public int KnownFeatures => Known.Length + CalendarSize;

    /// <summary>Number of rows of a sample's inputs.</summary>
    public int InputSize => checked((Length * PastFeatures) + (Horizon * KnownFeatures));

    /// <summary>Number of values to predict: steps × targets.</summary>
    public int ValueCount => checked(Horizon * Targets.Length);

    /// <summary>Number of outputs of a value: its quantiles, or 1.</summary>
    public int PerValue => Math.Max(1, Quantiles.Length);

    /// <summary>The output of a value that is its forecast: the median, or the only one.</summary>
    public int Center => Quantiles.Length == 0 ? 0 : Array.IndexOf(Quantiles, 0.5);

    /// <summary>The function that the values of a column pass through.</summary>
    public SeriesTransform TransformOf(int column) => column < Targets.Length ? Transform : SeriesTransform.None;

    /// <summary>The layout that options make of the columns of series.</summary>
    /// <exception cref="ArgumentException">A column is not there, or has two roles; or there is no target.</exception>
    public static WindowLayout Of(TimeSeriesSet series, WindowOptions options)
    {
        ArgumentNullException.ThrowIfNull(options.Past, nameof(options));
        ArgumentNullException.ThrowIfNull(options.Known, nameof(options));
        ArgumentNullException.ThrowIfNull(options.Calendar, nameof(options));
        Require.Defined(options.Scaling, nameof(options.Scaling));
        Require.Defined(options.Transform, nameof(options.Transform));
        foreach (CalendarPart part in options.Calendar)
        {
            Require.Defined(part, nameof(options.Calendar));
        }

        string[] targets =
            [.. options.Targets ?? series.Columns.Except([.. options.Past, .. options.Known], StringComparer.Ordinal)];
        string[] all = [.. targets, .. options.Past, .. options.Known];
        if (targets.Length == 0)
        {
            throw new ArgumentException(
                "There must be a column to predict, but all are past or known features.", nameof(options));
        }

        foreach (string column in all)
        {
            if (!series.Columns.Contains(column, StringComparer.Ordinal))
            {
                throw new ArgumentException(
                    $"There is no column {MessageText.Quoted(column)}; there are "
                    + $"{MessageText.Listed(series.Columns)}.",
                    nameof(options));
            }

            if (all.Count(other => other == column) > 1)
            {
                throw new ArgumentException(
                    $"Column {MessageText.Quoted(column)} is named twice among "
                    + $"{nameof(WindowOptions.Targets)}, {nameof(WindowOptions.Past)} and "
                    + $"{nameof(WindowOptions.Known)}; a target is read as a past feature anyway.",
                    nameof(options));
            }
        }

        return new(
            options.Length,
            options.Horizon,
            targets,
            [.. options.Past],
            [.. options.Known],
            [.. options.Calendar.Distinct()],
            [.. options.Quantiles],
            options.Scaling,
            options.Transform,
            series.Frequency);
    }

    /// <summary>The names of the rows of a sample, such as <c>Temp[-29]</c> and <c>DayOfYear.sin[+1]</c>.</summary>
    public IEnumerable<string> RowNames()
    {
        string[] calendar = [.. Calendar.SelectMany(part => new[] { $"{part}.sin", $"{part}.cos" })];
        for (int step = 1 - Length; step <= Horizon; step++)
        {
            string at = FormattableString.Invariant($"[{(step > 0 ? "+" : "")}{step}]");
            foreach (string name in (string[])[.. step <= 0 ? Columns : Known, .. calendar])
            {
                yield return name + at;
            }
        }
    }

    /// <summary>The places of the columns in a series.</summary>
    /// <exception cref="ArgumentException">The series lacks one, or has another frequency.</exception>
    public int[] Find(SeriesData data, string argument)
    {
        // Few dates may be at the steps of several frequencies, such as Monday to Friday.
        if (data.Frequency != Frequency
            && Enumerable.Range(1, data.Count - 1).Any(step => Frequency.Add(data.Start, step) != data.TimeAt(step)))
        {
            throw new ArgumentException(
                $"{data.Where} is {data.Frequency}, but the training data are {Frequency}. Bring it to that, or set "
                + $"{nameof(SeriesOptions)}.{nameof(SeriesOptions.Frequency)} if it has gaps.",
                argument);
        }

        return Array.ConvertAll(Columns, column => data.IndexOf(column) is >= 0 and int index
            ? index
            : throw new ArgumentException(
                $"{data.Where} lacks the column {MessageText.Quoted(column)} of the training data; it has "
                + $"{MessageText.Listed(data.Columns)}.",
                argument));
    }
}
