using NeuralNet.Forecasting.Series;
using NeuralNet.Guards;

namespace NeuralNet.Forecasting.Windows;

/// <summary>Makes the window behind the last step of a series.</summary>
internal static class NextWindow
{
    /// <summary>The series with the steps to predict added, of which only what is known in advance is there.</summary>
    /// <exception cref="ArgumentException">Steps, columns or values are missing.</exception>
    public static (SeriesData Data, int[] Columns) Of(WindowLayout layout, TimeSeries recent, TimeSeries? known)
    {
        int[] columns = layout.Find(recent.Data, nameof(recent));
        int first = recent.First + recent.Count;
        if (first < layout.Length)
        {
            throw new ArgumentException(
                $"A forecast needs the last {Quantity.Of(layout.Length, "step")}, but there "
                + $"{Quantity.Are(first, "step")}: {recent}.",
                nameof(recent));
        }

        SeriesData data = Extend(layout, recent.Data with { Frequency = layout.Frequency }, first);
        if (layout.Known.Length > 0)
        {
            CopyKnown(layout, data, first, known ?? throw new ArgumentNullException(
                nameof(known),
                $"The network reads {MessageText.Listed(layout.Known)} of the steps to predict, too: give a series "
                + $"with their values from {TimeText.Of(data.TimeAt(first))} to "
                + $"{TimeText.Of(data.TimeAt(data.Count - 1))}."));
        }

        if (!WindowSearch.HasInputs(layout, data, columns, first))
        {
            throw new ArgumentException(
                $"{data.Where}: between {TimeText.Of(data.TimeAt(first - layout.Length))} and "
                + $"{TimeText.Of(data.TimeAt(first - 1))} a value is missing that the forecast needs"
                + $"{(MissingIn(layout, data, columns, first) is { } where ? $": {where}" : "")}. Give a longer series "
                + $"with {nameof(SeriesOptions)}.{nameof(SeriesOptions.Gaps)} = {nameof(GapPolicy)}."
                + $"{nameof(GapPolicy.CarryForward)}.",
                nameof(recent));
        }

        return (data, columns);
    }

    private static SeriesData Extend(WindowLayout layout, SeriesData data, int first)
    {
        double[][] values = Array.ConvertAll(data.Values, column =>
        {
            double[] extended = new double[first + layout.Horizon];
            Array.Fill(extended, double.NaN);
            column.AsSpan(0, first).CopyTo(extended);
            return extended;
        });
        bool[]?[] filled = Array.ConvertAll(data.Filled, column =>
        {
            bool[]? extended = column?[..first];
            Array.Resize(ref extended, first + layout.Horizon);
            return column is null ? null : extended;
        });
        return data with { Values = values, Filled = filled, Times = data.Times?[..first] };
    }

    private static void CopyKnown(WindowLayout layout, SeriesData data, int first, TimeSeries known)
    {
        foreach (string name in layout.Known)
        {
            ReadOnlySpan<double> from = known[name];
            double[] to = data.Values[data.IndexOf(name)];
            for (int step = first; step < data.Count; step++)
            {
                DateTime time = data.TimeAt(step);
                int index = known.CountBefore(time);
                to[step] = index < known.Count && known.TimeAt(index) == time && !double.IsNaN(from[index])
                    ? from[index]
                    : throw new ArgumentException(
                        $"The value of {MessageText.Quoted(name)} at {TimeText.Of(time)} must be known in advance, but "
                        + $"the known features lack it: {known}.",
                        nameof(known));
            }
        }
    }

    private static string? MissingIn(WindowLayout layout, SeriesData data, int[] columns, int first)
    {
        foreach (int column in columns)
        {
            for (int step = first - layout.Length; step < first; step++)
            {
                if (double.IsNaN(data.Values[column][step]))
                {
                    return $"{MessageText.Quoted(data.Columns[column])} at {TimeText.Of(data.TimeAt(step))}";
                }
            }
        }

        return null;
    }
}
