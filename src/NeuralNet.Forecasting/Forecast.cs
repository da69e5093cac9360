using System.Globalization;
using System.Text;
using NeuralNet.Forecasting.Series;
using NeuralNet.Guards;

namespace NeuralNet.Forecasting;

/// <summary>The forecast values of the next steps of a series, in the unit of the data.</summary>
public sealed class Forecast
{
    private readonly DateTime[] _times;
    private readonly string[] _targets;
    private readonly double[] _quantiles;
    private readonly double[] _values;

    internal Forecast(string key, DateTime[] times, string[] targets, double[] quantiles, double[] values)
    {
        Key = key;
        _times = times;
        _targets = targets;
        _quantiles = quantiles;
        _values = values;
    }

    /// <summary>The key of the series; empty if it is a single one.</summary>
    public string Key { get; }

    /// <summary>The time of each step.</summary>
    public IReadOnlyList<DateTime> Times => _times;

    /// <summary>The columns that are predicted.</summary>
    public IReadOnlyList<string> Targets => _targets;

    /// <summary>The levels of the quantiles; empty if one number was predicted.</summary>
    public IReadOnlyList<double> Quantiles => _quantiles;

    /// <summary>The forecast of each step for the only target, or the first: the median, where quantiles are predicted.
    /// </summary>
    public IReadOnlyList<double> Values => Of(_targets[0]);

    /// <summary>The forecast of a target: the median, where quantiles are predicted.</summary>
    /// <param name="target">The column.</param>
    /// <returns>A number per step.</returns>
    /// <exception cref="ArgumentException">There is no such target.</exception>
    public double[] Of(string target) => Take(target, _quantiles.Length == 0 ? 0 : Array.IndexOf(_quantiles, 0.5));

    /// <summary>A quantile of a target, such as an end of an interval.</summary>
    /// <param name="level">Its level, one of <see cref="Quantiles"/>.</param>
    /// <param name="target">The column; the first if null.</param>
    /// <returns>A number per step.</returns>
    /// <exception cref="ArgumentException">There is no such target or quantile.</exception>
    public double[] Quantile(double level, string? target = null)
    {
        int index = Array.IndexOf(_quantiles, level);
        return index >= 0
            ? Take(target ?? _targets[0], index)
            : throw new ArgumentException(
                FormattableString.Invariant($"There is no quantile {level}; ") + (_quantiles.Length == 0
                    ? $"none was predicted. {nameof(WindowOptions)}.{nameof(WindowOptions.Quantiles)} asks for them."
                    : $"there are {string.Join(", ", _quantiles.Select(Number))}."),
                nameof(level));
    }

    /// <summary>A table with a line per step: its time, and the forecast of each target.</summary>
    /// <returns>The table.</returns>
    public override string ToString()
    {
        int perValue = Math.Max(1, _quantiles.Length);
        string[] heads =
        [
            .. _targets.SelectMany(target => _quantiles.Length == 0
                ? [MessageText.Shortened(target)]
                : _quantiles.Select(level => $"{MessageText.Shortened(target)} {Number(level)}")),
        ];
        var text = new StringBuilder();
        string[] times = Array.ConvertAll(_times, TimeText.Of);
        int width = times.Max(time => time.Length);
        text.Append(' ', width);
        foreach (string head in heads)
        {
            text.Append("  ").Append(head.PadLeft(10));
        }

        for (int step = 0; step < times.Length; step++)
        {
            text.AppendLine().Append(times[step].PadRight(width));
            for (int i = 0; i < heads.Length; i++)
            {
                double value = _values[(step * _targets.Length * perValue) + i];
                text.Append("  ").Append(
                    value.ToString("G6", CultureInfo.InvariantCulture).PadLeft(Math.Max(10, heads[i].Length)));
            }
        }

        return text.ToString();
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private double[] Take(string target, int quantile)
    {
        ArgumentNullException.ThrowIfNull(target);
        int index = Array.IndexOf(_targets, target);
        int perValue = Math.Max(1, _quantiles.Length);
        return index >= 0
            ? [.. _times.Select((_, step) => _values[(((step * _targets.Length) + index) * perValue) + quantile])]
            : throw new ArgumentException(
                $"There is no forecast of {MessageText.Quoted(target)}; there is one of "
                + $"{MessageText.Listed(_targets)}.",
                nameof(target));
    }
}
