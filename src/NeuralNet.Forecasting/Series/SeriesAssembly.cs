using NeuralNet.Guards;

namespace NeuralNet.Forecasting.Series;

/// <summary>Makes a series of rows with dates: orders them, finds the frequency and the gaps, and fills them.</summary>
/// <param name="name">What the series is called in messages.</param>
/// <param name="key">Its key among several; empty for a single one.</param>
/// <param name="columns">The names of the columns.</param>
/// <param name="options">The policies.</param>
/// <param name="row">Names a row by its index, such as <c>line 7</c>.</param>
internal sealed class SeriesAssembly(
    string name, string key, string[] columns, SeriesOptions options, Func<int, string> row)
{
    // More missing steps than this many times the steps that are there are a wrong date, not a gap.
    private const int MostMissing = 100;

    private string Where => key.Length == 0 ? $"'{name}'" : $"'{name}', series {MessageText.Quoted(key)}";

    /// <summary>Makes the series.</summary>
    /// <param name="times">The time of each row.</param>
    /// <param name="values">For each column a value per row, NaN where it is missing.</param>
    /// <exception cref="InvalidDataException">The rows are no series, or have gaps that are refused.</exception>
    public SeriesData Build(DateTime[] times, double[][] values)
    {
        int[] order = Order(times);
        DateTime[] sorted = Array.ConvertAll(order, index => times[index]);
        Frequency frequency = options.Frequency ?? FrequencyInference.Infer(sorted) ?? throw Irregular(sorted);
        int[] steps = Steps(order, sorted, frequency);
        int count = steps[^1] + 1;
        if (options.Gaps == GapPolicy.Refuse)
        {
            RequireNoGap(order, sorted, steps, frequency);
        }

        if (options.Gaps is GapPolicy.Refuse or GapPolicy.Close)
        {
            RequireValues(order, sorted, values);
        }

        bool isClosed = options.Gaps == GapPolicy.Close && count > steps.Length;
        if (isClosed)
        {
            count = steps.Length;
            steps = [.. Enumerable.Range(0, count)];
        }

        double[][] grid = Array.ConvertAll(values, column => OnGrid(column, order, steps, count));
        bool[]?[] filled = Array.ConvertAll(grid, column => GapFilling.Fill(column, options.Gaps));
        return new(name, key, sorted[0], frequency, columns, grid, filled, options.Gaps, isClosed ? sorted : null);
    }

    private int[] Order(DateTime[] times)
    {
        int[] order = [.. Enumerable.Range(0, times.Length)];
        if (options.Sort)
        {
            // Equal dates keep their order, to be named below.
            order = [.. order.OrderBy(index => times[index])];
        }

        for (int i = 1; i < order.Length; i++)
        {
            DateTime before = times[order[i - 1]];
            DateTime time = times[order[i]];
            if (time == before)
            {
                throw new InvalidDataException(
                    $"{Where}: {TimeText.Of(time)} is the date of {row(order[i - 1])} and of {row(order[i])}; a series "
                    + "has one row a date. If these are several series, name the column that tells them apart as "
                    + $"the key of {nameof(TimeSeriesSet)}.{nameof(TimeSeriesSet.FromCsv)}; else take one of the rows "
                    + "out.");
            }

            if (time < before)
            {
                throw new InvalidDataException(
                    $"{Where}: {TimeText.Of(time)} in {row(order[i])} follows {TimeText.Of(before)}; dates must "
                    + $"ascend. {nameof(SeriesOptions)}.{nameof(SeriesOptions.Sort)} = true sorts the rows; if these "
                    + "are several series, name the column that tells them apart as the key of "
                    + $"{nameof(TimeSeriesSet)}.{nameof(TimeSeriesSet.FromCsv)}.");
            }
        }

        return order;
    }

    private int[] Steps(int[] order, DateTime[] sorted, Frequency frequency)
    {
        int[] steps = new int[sorted.Length];
        for (int i = 1; i < steps.Length; i++)
        {
            steps[i] = frequency.Steps(sorted[0], sorted[i]) ?? throw new InvalidDataException(
                $"{Where}: {TimeText.Of(sorted[i])} in {row(order[i])} is no whole number of steps after "
                + $"{TimeText.Of(sorted[0])}, where the series begins; it is {frequency}. Correct the date, bring the "
                + $"rows to equal distances, or set {nameof(SeriesOptions)}.{nameof(SeriesOptions.Frequency)} if the "
                + "steps are others.");
            if (steps[i] - steps[i - 1] - 1L > MostMissing * (long)sorted.Length)
            {
                throw new InvalidDataException(
                    $"{Where}: between {TimeText.Of(sorted[i - 1])} and {TimeText.Of(sorted[i])} in {row(order[i])} "
                    + $"{steps[i] - steps[i - 1] - 1L:N0} steps are missing, {MostMissing} times more than there are "
                    + "rows. Correct the date, or leave out what is before or after it.");
            }
        }

        return steps;
    }

    private void RequireNoGap(int[] order, DateTime[] sorted, int[] steps, Frequency frequency)
    {
        int missing = steps[^1] + 1 - steps.Length;
        if (missing == 0)
        {
            return;
        }

        var gaps = new List<string>();
        for (int i = 1; i < steps.Length; i++)
        {
            if (steps[i] > steps[i - 1] + 1)
            {
                gaps.Add(
                    $"{TimeText.Of(frequency.Add(sorted[i - 1], 1))} before {row(order[i])}"
                    + (steps[i] > steps[i - 1] + 2 ? $" ({steps[i] - steps[i - 1] - 1} steps)" : ""));
            }
        }

        throw new InvalidDataException(
            $"{Where} is {frequency}, but {Quantity.Of(missing, "step")} {(missing == 1 ? "is" : "are")} missing: "
            + $"{MessageText.Listed(gaps)}. {Remedy}");
    }

    private void RequireValues(int[] order, DateTime[] sorted, double[][] values)
    {
        for (int c = 0; c < values.Length; c++)
        {
            for (int i = 0; i < order.Length; i++)
            {
                if (double.IsNaN(values[c][order[i]]))
                {
                    int count = values[c].Count(double.IsNaN);
                    throw new InvalidDataException(
                        $"{Where}: the value of {MessageText.Quoted(columns[c])} at {TimeText.Of(sorted[i])} in "
                        + $"{row(order[i])} is missing{(count > 1 ? $", and {count - 1} more" : "")}. {Remedy}");
                }
            }
        }
    }

    private static string Remedy =>
        $"Set {nameof(SeriesOptions)}.{nameof(SeriesOptions.Gaps)} to {nameof(GapPolicy)}."
        + $"{nameof(GapPolicy.CarryForward)} or {nameof(GapPolicy.Interpolate)} to fill gaps, to "
        + $"{nameof(GapPolicy.Break)} to leave out the windows that contain one, or to {nameof(GapPolicy.Close)} if "
        + "missing dates are no steps, such as holidays.";

    private InvalidDataException Irregular(DateTime[] sorted) => new(
        sorted.Length < 2
            ? $"{Where} has one date, which tells no frequency; set {nameof(SeriesOptions)}."
            + $"{nameof(SeriesOptions.Frequency)}."
            : $"{Where}: the dates are at unequal distances, such as "
            + $"{string.Join(", ", sorted.Take(3).Select(TimeText.Of))}. Bring the rows to equal distances, such as by "
            + $"a mean per hour, or set {nameof(SeriesOptions)}.{nameof(SeriesOptions.Frequency)} if there are gaps.");

    private static double[] OnGrid(double[] column, int[] order, int[] steps, int count)
    {
        double[] grid = new double[count];
        Array.Fill(grid, double.NaN);
        for (int i = 0; i < steps.Length; i++)
        {
            grid[steps[i]] = column[order[i]];
        }

        return grid;
    }
}
