using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Forecasting.Series;
using NeuralNet.Forecasting.Windows;
using NeuralNet.Guards;

namespace NeuralNet.Forecasting;

/// <summary>
/// The windows of a part of some series: places where a forecast is made from the steps before and compared with the
/// steps behind.
/// </summary>
/// <remarks>
/// All targets lie within the part; inputs may lie before it. It knows the places alone: the values stay in the series
/// until a batch is made. <see cref="ForecastSchema.Windows"/> makes one.
/// </remarks>
public sealed class WindowSet
{
    private readonly (int Series, int First)[] _windows;
    private readonly SeriesData[] _series;
    private readonly int[][] _columns;

    internal WindowSet(
        ForecastSchema schema, SeriesData[] series, int[][] columns, (int Series, int First)[] windows, int leftOut)
    {
        Schema = schema;
        _series = series;
        _columns = columns;
        _windows = windows;
        LeftOut = leftOut;
    }

    /// <summary>The schema whose windows these are.</summary>
    public ForecastSchema Schema { get; }

    /// <summary>Number of windows, at least 1.</summary>
    public int Count => _windows.Length;

    /// <summary>Number of windows that were left out because a value in them is missing.</summary>
    public int LeftOut { get; }

    /// <summary>The key of the series of a window.</summary>
    /// <param name="window">The window, from 0.</param>
    /// <returns>The key; empty for a single series.</returns>
    public string KeyOf(int window) => _series[_windows[window].Series].Key;

    /// <summary>The time of the first step that a window predicts.</summary>
    /// <param name="window">The window, from 0.</param>
    /// <returns>The time.</returns>
    public DateTime TimeOf(int window) => _series[_windows[window].Series].TimeAt(_windows[window].First);

    /// <summary>
    /// All values of a column before the first step that a window predicts, for a method of your own.
    /// </summary>
    /// <param name="window">The window, from 0.</param>
    /// <param name="column">The name of the column.</param>
    /// <returns>
    /// The values in the order of time, from the beginning of the series on, NaN where one is missing: at least
    /// <see cref="ForecastSchema.Length"/>, none of which is missing in the window itself.
    /// </returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public ReadOnlySpan<double> HistoryOf(int window, string column)
    {
        ArgumentNullException.ThrowIfNull(column);
        SeriesData data = At(window);
        int index = data.IndexOf(column);
        return index >= 0
            ? data.Values[index].AsSpan(0, FirstOf(window))
            : throw new ArgumentException(
                $"There is no column {MessageText.Quoted(column)}; there {(data.Columns.Length == 1 ? "is" : "are")} "
                + $"{MessageText.Listed(data.Columns)}.",
                nameof(column));
    }

    /// <summary>What is to be predicted, in the unit of the data.</summary>
    /// <returns>(steps × targets) × windows: all targets of the first step, then those of the second.</returns>
    public Matrix<double> Targets()
    {
        WindowLayout layout = Schema.Layout;
        return Matrix<double>.Build.Dense(
            layout.ValueCount,
            Count,
            (row, window) => At(window).Values[Column(window, row % layout.Targets.Length)]
                [_windows[window].First + (row / layout.Targets.Length)]);
    }

    /// <summary>The series of a window.</summary>
    internal SeriesData At(int window) => _series[_windows[window].Series];

    /// <summary>The first step that a window predicts, in its series.</summary>
    internal int FirstOf(int window) => _windows[window].First;

    /// <summary>The place of a target in the series of a window.</summary>
    internal int Column(int window, int target) => _columns[_windows[window].Series][target];

    /// <summary>The scales of a window.</summary>
    internal ColumnScale[] Scales(int window) => Schema.Scales.Of(
        Schema.Layout, At(window), _columns[_windows[window].Series], _windows[window].First);

    /// <summary>Writes the scaled inputs of a window.</summary>
    internal void CopyInputs(int window, ColumnScale[] scales, Span<double> inputs)
    {
        WindowLayout layout = Schema.Layout;
        SeriesData data = At(window);
        int[] columns = _columns[_windows[window].Series];
        int first = _windows[window].First;
        int knownFrom = layout.Columns.Length - layout.Known.Length;
        int row = 0;
        for (int step = first - layout.Length; step < first + layout.Horizon; step++)
        {
            for (int i = step < first ? 0 : knownFrom; i < columns.Length; i++)
            {
                inputs[row++] = Scaled(data, columns[i], step, scales[i]);
            }

            if (layout.CalendarSize > 0)
            {
                CalendarFeatures.Write(layout.Calendar, data.TimeAt(step), inputs.Slice(row, layout.CalendarSize));
                row += layout.CalendarSize;
            }
        }
    }

    /// <summary>Writes the scaled targets of a window, each once per quantile.</summary>
    internal void CopyTargets(int window, ColumnScale[] scales, Span<double> targets)
    {
        WindowLayout layout = Schema.Layout;
        SeriesData data = At(window);
        int[] columns = _columns[_windows[window].Series];
        int row = 0;
        for (int step = _windows[window].First; row < targets.Length; step++)
        {
            for (int i = 0; i < layout.Targets.Length; i++)
            {
                targets.Slice(row, layout.PerValue).Fill(Scaled(data, columns[i], step, scales[i]));
                row += layout.PerValue;
            }
        }
    }

    private static double Scaled(SeriesData data, int column, int step, ColumnScale scale)
    {
        double value = data.Values[column][step];
        double scaled = scale.Scale(value);
        return double.IsFinite(scaled) || scale.Transform == SeriesTransform.None
            ? scaled
            : throw new ArgumentException(
                $"{data.Where}: at {TimeText.Of(data.TimeAt(step))}, "
                + ColumnScale.Refusal(data.Columns[column], value, scale.Transform));
    }

    /// <summary>Turns outputs of a window back into the unit of the data.</summary>
    internal void Unscale(ColumnScale[] scales, Span<double> outputs)
    {
        WindowLayout layout = Schema.Layout;
        for (int row = 0; row < outputs.Length; row++)
        {
            outputs[row] = scales[row / layout.PerValue % layout.Targets.Length].Unscale(outputs[row]);
        }
    }
}
