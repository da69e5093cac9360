using NeuralNet.Forecasting.Series;
using NeuralNet.Guards;

namespace NeuralNet.Forecasting.Windows;

/// <summary>Finds the windows of parts of series.</summary>
internal static class WindowSearch
{
    /// <summary>All windows whose targets lie in the parts, a stride apart.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static WindowSet Find(ForecastSchema schema, TimeSeriesSet parts, int stride, string argument)
    {
        WindowSet found = FindAny(schema, parts, stride, DateTime.MaxValue, argument);
        WindowLayout layout = schema.Layout;
        return found.Count > 0
            ? found
            : throw new ArgumentException(
                $"There is no window: it takes {Quantity.Of(layout.Length, "step")} before and "
                + $"{Quantity.Of(layout.Horizon, "step")} within the part, but there is {parts}"
                + (found.LeftOut == 0
                    ? ""
                    : $", where in each of {Quantity.Of(found.LeftOut, "window")} a value is missing")
                + $". Give more steps, or a smaller {nameof(WindowOptions.Length)} or {nameof(WindowOptions.Horizon)}.",
                argument);
    }

    /// <summary>The windows, perhaps none, that begin to predict before a time.</summary>
    public static WindowSet FindAny(
        ForecastSchema schema, TimeSeriesSet parts, int stride, DateTime until, string argument)
    {
        WindowLayout layout = schema.Layout;
        SeriesData[] series = [.. parts.Select(part => part.Data)];
        int[][] columns = Array.ConvertAll(series, data => layout.Find(data, argument));
        var windows = new List<(int Series, int First)>();
        int leftOut = 0;
        for (int s = 0; s < series.Length; s++)
        {
            int end = parts[s].First + parts[s].Count;
            for (int first = Math.Max(parts[s].First, layout.Length); first <= end - layout.Horizon; first += stride)
            {
                if (series[s].TimeAt(first) >= until)
                {
                    break;
                }

                if (IsWhole(layout, series[s], columns[s], first))
                {
                    windows.Add((s, first));
                }
                else
                {
                    leftOut++;
                }
            }
        }

        return new(schema, series, columns, [.. windows], leftOut);
    }

    /// <summary>
    /// True if a window misses nothing: its inputs are there, and none of them knows a later value; what it predicts
    /// was measured.
    /// </summary>
    public static bool IsWhole(WindowLayout layout, SeriesData data, int[] columns, int first) =>
        HasInputs(layout, data, columns, first)
        && Enumerable.Range(0, layout.Targets.Length).All(
            i => Enumerable.Range(first, layout.Horizon).All(step => data.IsObserved(columns[i], step)));

    /// <summary>True if the inputs of a window are there, and none of them knows a later value.</summary>
    public static bool HasInputs(WindowLayout layout, SeriesData data, int[] columns, int first)
    {
        int knownFrom = columns.Length - layout.Known.Length;
        for (int i = 0; i < columns.Length; i++)
        {
            bool isKnown = i >= knownFrom;
            int start = first - layout.Length;
            int end = isKnown ? first + layout.Horizon : first;
            bool knowsLater = data.Gaps == GapPolicy.Interpolate && !isKnown && data.IsFilled(columns[i], first - 1);
            if (knowsLater || Array.FindIndex(data.Values[columns[i]], start, end - start, double.IsNaN) >= 0)
            {
                return false;
            }
        }

        return true;
    }
}
