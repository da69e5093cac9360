using System.Globalization;
using NeuralNet.Forecasting.Series;
using NeuralNet.Guards;
using NeuralNet.Tables;

namespace NeuralNet.Forecasting;

/// <summary>
/// Values in the order of time, at equal distances such as days or months: one column, or several that were measured
/// together.
/// </summary>
/// <remarks>
/// Immutable. A part of a series, as <see cref="SplitAt(DateTime)"/> gives, remembers the steps before it: forecasts of
/// its values may read those, never what comes after.
/// </remarks>
/// <example><code>
/// TimeSeries series = TimeSeries.FromCsv("daily-min-temperatures.csv", time: "Date", values: ["Temp"]);
/// (TimeSeries past, TimeSeries future) = series.SplitAt(new DateOnly(1989, 1, 1));
/// </code></example>
public sealed class TimeSeries
{
    internal TimeSeries(SeriesData data)
        : this(data, 0, data.Count)
    {
    }

    private TimeSeries(SeriesData data, int first, int count)
    {
        Data = data;
        First = first;
        Count = count;
    }

    /// <summary>The key that tells the series from others; empty if it is a single one.</summary>
    public string Key => Data.Key;

    /// <summary>Number of steps, at least 1.</summary>
    public int Count { get; }

    /// <summary>The time from step to step.</summary>
    public Frequency Frequency => Data.Frequency;

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns => Data.Columns;

    /// <summary>The time of the first step.</summary>
    public DateTime Start => TimeAt(0);

    /// <summary>The time of the last step.</summary>
    public DateTime End => TimeAt(Count - 1);

    /// <summary>All steps of the series that this is a part of.</summary>
    internal SeriesData Data { get; }

    /// <summary>The first of them that belongs to this part.</summary>
    internal int First { get; }

    /// <summary>The values of a column, a number per step, NaN where it is missing.</summary>
    /// <param name="column">The name of the column.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public ReadOnlySpan<double> this[string column] => Data.Values[Find(column)].AsSpan(First, Count);

    /// <summary>Reads a series from a file of text with a column of dates.</summary>
    /// <param name="path">The file, which may be compressed with gzip.</param>
    /// <param name="time">The column of the dates.</param>
    /// <param name="values">The columns of the values; all others that hold numbers if null.</param>
    /// <param name="options">The policies; the defaults if null.</param>
    /// <returns>The series.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="InvalidDataException">
    /// A row cannot be read, dates are not in order, are double or at unequal distances, or something is missing; the
    /// message names the place, and what to do.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public static TimeSeries FromCsv(
        string path, string time, IReadOnlyList<string>? values = null, SeriesOptions? options = null) =>
        FromTable(Table.Read(path, options?.Csv), time, values, options);

    /// <summary>Makes a series of the rows of a table, such as one from a database.</summary>
    /// <param name="table">The table.</param>
    /// <param name="time">The column of the dates.</param>
    /// <param name="values">The columns of the values; all others that hold numbers if null.</param>
    /// <param name="options">The policies; the defaults if null.</param>
    /// <returns>The series.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="InvalidDataException">
    /// A value cannot be read, dates are not in order, are double or at unequal distances, or something is missing; the
    /// message names the place, and what to do.
    /// </exception>
    public static TimeSeries FromTable(
        Table table, string time, IReadOnlyList<string>? values = null, SeriesOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(time);
        return new(new SeriesReading(table, time, values, key: null, options ?? new()).Read()[0]);
    }

    /// <summary>Makes a series of one column from numbers without a gap.</summary>
    /// <param name="values">A number per step; NaN where it is missing, by the policy of the options.</param>
    /// <param name="start">The time of the first.</param>
    /// <param name="frequency">The time from step to step.</param>
    /// <param name="column">The name of the column.</param>
    /// <param name="options">The policies; the defaults if null.</param>
    /// <returns>The series.</returns>
    /// <exception cref="ArgumentException">There are no numbers.</exception>
    /// <exception cref="InvalidDataException">A value is missing, which is refused by default.</exception>
    public static TimeSeries FromValues(
        ReadOnlySpan<double> values,
        DateTime start,
        Frequency frequency,
        string column = "value",
        SeriesOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(frequency);
        var times = new DateTime[values.Length];
        for (int i = 0; i < times.Length; i++)
        {
            times[i] = frequency.Add(start, i);
        }

        var known = new SeriesOptions { Frequency = frequency, Gaps = options?.Gaps ?? GapPolicy.Refuse };
        return FromColumns(times, [(column, values.ToArray())], known);
    }

    /// <summary>Makes a series from arrays.</summary>
    /// <param name="times">The time of each step, ascending.</param>
    /// <param name="columns">For each column its name and a number per step, NaN where it is missing; copied.</param>
    /// <param name="options">The policies; the defaults if null.</param>
    /// <param name="key">The key that tells the series from others.</param>
    /// <returns>The series.</returns>
    /// <exception cref="ArgumentException">
    /// There are no steps or no columns, a column has another number of values, two have one name, or a value is
    /// infinite.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// Dates are not in order, are double or at unequal distances, or something is missing.
    /// </exception>
    public static TimeSeries FromColumns(
        IReadOnlyList<DateTime> times,
        IReadOnlyList<(string Name, double[] Values)> columns,
        SeriesOptions? options = null,
        string key = "")
    {
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(key);
        if (times.Count == 0 || columns.Count == 0)
        {
            throw new ArgumentException(
                $"A series has at least one step and one column, but there {Quantity.Are(times.Count, "step")} and "
                + $"{Quantity.Of(columns.Count, "column")}.",
                times.Count == 0 ? nameof(times) : nameof(columns));
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, double[] values) in columns)
        {
            ArgumentNullException.ThrowIfNull(name, nameof(columns));
            ArgumentNullException.ThrowIfNull(values, nameof(columns));
            if (values.Length != times.Count || !names.Add(name))
            {
                throw new ArgumentException(
                    values.Length != times.Count
                        ? $"Column {MessageText.Quoted(name)} has {Quantity.Of(values.Length, "value")}, but there "
                        + $"{Quantity.Are(times.Count, "date")}."
                        : $"Two columns are called {MessageText.Quoted(name)}.",
                    nameof(columns));
            }

            int infinite = Array.FindIndex(values, double.IsInfinity);
            if (infinite >= 0)
            {
                throw new ArgumentException(
                    $"The value of {MessageText.Quoted(name)} at {TimeText.Of(times[infinite])} is infinite; a value "
                    + "is a finite number, or NaN where it is missing.",
                    nameof(columns));
            }
        }

        var assembly = new SeriesAssembly(
            "series",
            key,
            [.. columns.Select(column => column.Name)],
            options ?? new(),
            index => string.Create(CultureInfo.InvariantCulture, $"row {index}"));
        return new(assembly.Build([.. times], [.. columns.Select(column => column.Values)]));
    }

    /// <summary>The time of a step.</summary>
    /// <param name="step">
    /// The step, from 0; of −1 and below, or of <see cref="Count"/> and above, the time that it would have.
    /// </param>
    /// <returns>The time.</returns>
    public DateTime TimeAt(int step) => Data.TimeAt(First + step);

    /// <summary>Splits the series in two by a date, so that what comes after it is held out.</summary>
    /// <param name="date">The first date of the second part.</param>
    /// <returns>The steps before the date, and those from it on, which remember those before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A part would be empty.</exception>
    public (TimeSeries Past, TimeSeries Future) SplitAt(DateOnly date) => SplitAt(date.ToDateTime(TimeOnly.MinValue));

    /// <summary>Splits the series in two by a time, so that what comes after it is held out.</summary>
    /// <param name="time">The first time of the second part.</param>
    /// <returns>The steps before the time, and those from it on, which remember those before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A part would be empty.</exception>
    public (TimeSeries Past, TimeSeries Future) SplitAt(DateTime time)
    {
        int count = CountBefore(time);
        return count > 0 && count < Count
            ? (Slice(0, count), Slice(count, Count - count))
            : throw new ArgumentOutOfRangeException(
                nameof(time),
                TimeText.Of(time),
                $"The series has steps from {TimeText.Of(Start)} to {TimeText.Of(End)}; a split at {TimeText.Of(time)} "
                + "would leave one part empty.");
    }

    /// <summary>Returns a part of the series, which remembers the steps before it.</summary>
    /// <param name="start">The first step, from 0.</param>
    /// <param name="count">Number of steps, at least 1.</param>
    /// <returns>The part, which shares this one's memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer steps, or the part would be empty.</exception>
    public TimeSeries Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return start + (long)count <= Count
            ? new(Data, First + start, count)
            : throw new ArgumentOutOfRangeException(
                nameof(count),
                count,
                $"The series has {Quantity.Of(Count, "step")}, of which {count} from step {start} on were asked for.");
    }

    /// <summary>The columns, the number of steps and the dates of the series as text.</summary>
    /// <returns>For example <c>Temp: 3650 steps, daily, 1981-01-01 to 1990-12-31</c>.</returns>
    public override string ToString() =>
        $"{(Key.Length == 0 ? "" : MessageText.Shortened(Key) + ": ")}{MessageText.Listed(Data.Columns)}: "
        + $"{Quantity.Of(Count, "step")}, {Frequency}, {TimeText.Of(Start)} to {TimeText.Of(End)}";

    /// <summary>Number of steps of this part before a time.</summary>
    internal int CountBefore(DateTime time)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = TimeAt(middle) < time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private int Find(string column)
    {
        ArgumentNullException.ThrowIfNull(column);
        int index = Data.IndexOf(column);
        return index >= 0
            ? index
            : throw new ArgumentException(
                $"There is no column {MessageText.Quoted(column)}; there {(Columns.Count == 1 ? "is" : "are")} "
                + $"{MessageText.Listed(Data.Columns)}.",
                nameof(column));
    }
}
