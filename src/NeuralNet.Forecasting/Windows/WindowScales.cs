using NeuralNet.Forecasting.Series;
using NeuralNet.Guards;

namespace NeuralNet.Forecasting.Windows;

/// <summary>The scales of the columns, fitted to training data.</summary>
/// <param name="Shared">Those of all series together, one per column.</param>
/// <param name="BySeries">Those of each series by its key; empty if none has its own.</param>
internal sealed record WindowScales(ColumnScale[] Shared, IReadOnlyDictionary<string, ColumnScale[]> BySeries)
{
    /// <summary>Fits the scales.</summary>
    public static WindowScales Fit(TimeSeriesSet training, WindowLayout layout)
    {
        int[] columns = layout.Find(training[0].Data, nameof(training));
        return new(
            [.. columns.Select((_, i) => Fit(training, i))],
            layout.Scaling != SeriesScaling.Series
                ? new Dictionary<string, ColumnScale[]>()
                : training.ToDictionary(
                    one => one.Key,
                    one => columns.Select((_, i) => Fit([one], i)).ToArray(),
                    StringComparer.Ordinal));

        ColumnScale Fit(IEnumerable<TimeSeries> parts, int i)
        {
            var fitted = ColumnScale.Fit(parts, columns[i], layout.TransformOf(i));
            return layout.Scaling == SeriesScaling.None ? fitted with { Mean = 0, Deviation = 1 } : fitted;
        }
    }

    /// <summary>The scales of a window.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="data">The series.</param>
    /// <param name="columns">The places of the columns in it.</param>
    /// <param name="first">The first step to predict; the window lies before it.</param>
    /// <exception cref="ArgumentException">Training did not see the series.</exception>
    public ColumnScale[] Of(WindowLayout layout, SeriesData data, int[] columns, int first)
    {
        if (layout.Scaling == SeriesScaling.Series)
        {
            return BySeries.TryGetValue(data.Key, out ColumnScale[]? own)
                ? own
                : throw new ArgumentException(
                    $"Each series is scaled by its own training data, of which there are none of "
                    + $"{MessageText.Quoted(data.Key)}; there are those of {MessageText.Listed(BySeries.Keys)}. For "
                    + $"new series, train with {nameof(SeriesScaling)}.{nameof(SeriesScaling.Window)}.");
        }

        if (layout.Scaling != SeriesScaling.Window)
        {
            return Shared;
        }

        ColumnScale[] scales = [.. Shared];
        for (int i = 0; i < layout.Targets.Length; i++)
        {
            double[] window = data.Values[columns[i]][(first - layout.Length)..first];
            ColumnScale own = ColumnScale.Fit(window, layout.TransformOf(i));
            bool isConstant = Array.TrueForAll(window, value => value == window[0]);
            scales[i] = isConstant ? own with { Deviation = Shared[i].Deviation } : own;
        }

        return scales;
    }
}
