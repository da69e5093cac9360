using System.Collections;
using NeuralNet.Forecasting.Series;
using NeuralNet.Guards;
using NeuralNet.Tables;

namespace NeuralNet.Forecasting;

/// <summary>
/// One or many time series of the same columns and frequency, such as the sales of each shop, from which one network
/// learns.
/// </summary>
/// <remarks>Immutable. A <see cref="TimeSeries"/> converts to the set of it alone.</remarks>
/// <example><code>
/// TimeSeriesSet sales = TimeSeriesSet.FromCsv("sales.csv", time: "day", key: "shop", values: ["pieces", "price"]);
/// (TimeSeriesSet past, TimeSeriesSet future) = sales.SplitAt(new DateOnly(2025, 1, 1));
/// </code></example>
public sealed class TimeSeriesSet : IReadOnlyList<TimeSeries>
{
    private readonly TimeSeries[] _series;

    /// <summary>Makes a set.</summary>
    /// <param name="series">The series, each with a key of its own.</param>
    /// <exception cref="ArgumentException">
    /// There is none, two have one key, or columns or frequencies differ.
    /// </exception>
    public TimeSeriesSet(params IReadOnlyList<TimeSeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        _series = [.. series];
        if (_series.Length == 0)
        {
            throw new ArgumentException("There must be at least one series, but there is none.", nameof(series));
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (TimeSeries one in _series)
        {
            ArgumentNullException.ThrowIfNull(one, nameof(series));
            if (!keys.Add(one.Key))
            {
                throw new ArgumentException(
                    $"Two series have the key {MessageText.Quoted(one.Key)}; each needs one of its own.",
                    nameof(series));
            }

            if (!one.Data.Columns.AsSpan().SequenceEqual(_series[0].Data.Columns)
                || one.Frequency != _series[0].Frequency)
            {
                throw new ArgumentException(
                    $"All series must have the same columns and frequency, but {MessageText.Quoted(_series[0].Key)} "
                    + $"has {MessageText.Listed(_series[0].Columns)}, {_series[0].Frequency}, and "
                    + $"{MessageText.Quoted(one.Key)} has {MessageText.Listed(one.Columns)}, {one.Frequency}.",
                    nameof(series));
            }
        }
    }

    /// <summary>Number of series.</summary>
    public int Count => _series.Length;

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns => _series[0].Columns;

    /// <summary>The time from step to step.</summary>
    public Frequency Frequency => _series[0].Frequency;

    /// <summary>A series by its place.</summary>
    /// <param name="index">The place, from zero.</param>
    public TimeSeries this[int index] => _series[index];

    /// <summary>A series by its key.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyNotFoundException">There is no such series.</exception>
    public TimeSeries this[string key] => Array.Find(_series, one => one.Key == key)
        ?? throw new KeyNotFoundException(
            $"There is no series {MessageText.Quoted(key)}; there are "
            + $"{MessageText.Listed(_series.Select(one => one.Key))}.");

    /// <summary>The set of a series alone.</summary>
    /// <param name="series">The series.</param>
    public static implicit operator TimeSeriesSet(TimeSeries series) => FromTimeSeries(series);

    /// <summary>The set of a series alone.</summary>
    /// <param name="series">The series.</param>
    /// <returns>The set.</returns>
    public static TimeSeriesSet FromTimeSeries(TimeSeries series) => new(series);

    /// <summary>Reads series that stand in one file of text, told apart by a column.</summary>
    /// <param name="path">The file, which may be compressed with gzip.</param>
    /// <param name="time">The column of the dates.</param>
    /// <param name="key">The column that tells the series apart.</param>
    /// <param name="values">The columns of the values; all others that hold numbers if null.</param>
    /// <param name="options">The policies; the defaults if null.</param>
    /// <returns>The series, in the order in which their keys come first.</returns>
    /// <inheritdoc cref="TimeSeries.FromCsv" path="/exception"/>
    public static TimeSeriesSet FromCsv(
        string path, string time, string key, IReadOnlyList<string>? values = null, SeriesOptions? options = null) =>
        FromTable(Table.Read(path, options?.Csv), time, key, values, options);

    /// <summary>Makes series of the rows of a table, told apart by a column.</summary>
    /// <param name="table">The table.</param>
    /// <param name="time">The column of the dates.</param>
    /// <param name="key">The column that tells the series apart.</param>
    /// <param name="values">The columns of the values; all others that hold numbers if null.</param>
    /// <param name="options">The policies; the defaults if null.</param>
    /// <returns>The series, in the order in which their keys come first.</returns>
    /// <inheritdoc cref="TimeSeries.FromTable" path="/exception"/>
    public static TimeSeriesSet FromTable(
        Table table, string time, string key, IReadOnlyList<string>? values = null, SeriesOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(key);
        IReadOnlyList<SeriesData> series = new SeriesReading(table, time, values, key, options ?? new()).Read();
        if (series.FirstOrDefault(one => one.Frequency != series[0].Frequency) is { } other)
        {
            throw new InvalidDataException(
                $"{series[0].Where} is {series[0].Frequency}, but {other.Where} is {other.Frequency}. Set "
                + $"{nameof(SeriesOptions)}.{nameof(SeriesOptions.Frequency)} if one of them has gaps; else read them "
                + "apart.");
        }

        return new([.. series.Select(one => new TimeSeries(one))]);
    }

    /// <summary>Splits every series in two by a date, so that what comes after it is held out.</summary>
    /// <param name="date">The first date of the second part.</param>
    /// <returns>The steps before the date, and those from it on, which remember those before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A part would be empty.</exception>
    public (TimeSeriesSet Past, TimeSeriesSet Future) SplitAt(DateOnly date) =>
        SplitAt(date.ToDateTime(TimeOnly.MinValue));

    /// <summary>
    /// Splits every series in two by a time, so that what comes after it is held out. A series that lies on one side is
    /// a part of that side alone.
    /// </summary>
    /// <param name="time">The first time of the second part.</param>
    /// <returns>The steps before the time, and those from it on, which remember those before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A part would be empty.</exception>
    public (TimeSeriesSet Past, TimeSeriesSet Future) SplitAt(DateTime time)
    {
        var past = new List<TimeSeries>();
        var future = new List<TimeSeries>();
        foreach (TimeSeries one in _series)
        {
            int count = one.CountBefore(time);
            if (count > 0)
            {
                past.Add(one.Slice(0, count));
            }

            if (count < one.Count)
            {
                future.Add(one.Slice(count, one.Count - count));
            }
        }

        return past.Count > 0 && future.Count > 0
            ? (new(past), new(future))
            : throw new ArgumentOutOfRangeException(
                nameof(time),
                TimeText.Of(time),
                $"A split at {TimeText.Of(time)} would leave one part empty: {this}.");
    }

    /// <inheritdoc/>
    public IEnumerator<TimeSeries> GetEnumerator() => ((IEnumerable<TimeSeries>)_series).GetEnumerator();

    /// <summary>What the set holds.</summary>
    /// <returns>The series itself if there is one; else such as <c>12 series, daily, 2019-01-01 to 2024-12-31</c>.
    /// </returns>
    public override string ToString() => Count == 1
        ? _series[0].ToString()
        : $"{Count} series of {MessageText.Listed(Columns)}, {Frequency}, "
        + $"{TimeText.Of(_series.Min(one => one.Start))} to {TimeText.Of(_series.Max(one => one.End))}";

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
