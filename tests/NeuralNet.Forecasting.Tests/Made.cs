using System.Globalization;
using NeuralNet.Tables;

namespace NeuralNet.Forecasting.Tests;

/// <summary>Small series that tests make.</summary>
internal static class Made
{
    public static readonly DateTime Start = new(2020, 1, 1);

    /// <summary>A daily series of one column named y.</summary>
    public static TimeSeries Daily(params double[] values) =>
        TimeSeries.FromValues(values, Start, Frequency.Daily, "y");

    /// <summary>A daily series of a function of the step.</summary>
    public static TimeSeries Daily(int count, Func<int, double> value) =>
        Daily([.. Enumerable.Range(0, count).Select(value)]);

    /// <summary>A daily series of several columns.</summary>
    public static TimeSeries Columns(int count, params (string Name, Func<int, double> Value)[] columns) =>
        Columns("", count, columns);

    /// <summary>A daily series of several columns, with a key.</summary>
    public static TimeSeries Columns(string key, int count, params (string Name, Func<int, double> Value)[] columns) =>
        TimeSeries.FromColumns(
            [.. Enumerable.Range(0, count).Select(step => Start.AddDays(step))],
            [.. columns.Select(c => (c.Name, Enumerable.Range(0, count).Select(c.Value).ToArray()))],
            key: key);

    /// <summary>A table of lines of text, the first of which names the columns.</summary>
    public static Table Table(params string[] lines) =>
        Tables.Table.Read(new StringReader(string.Join('\n', lines)), name: "made.csv");

    /// <summary>Noise between −1 and 1 that is the same at every run.</summary>
    public static Func<int, double> Noise(int count, int seed)
    {
        var random = new Random(seed);
        double[] noise = [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
        return step => noise[step];
    }

    public static string Text(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
