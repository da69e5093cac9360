using NeuralNet.Forecasting.Series;
using NeuralNet.Forecasting.Windows;
using NeuralNet.Guards;

namespace NeuralNet.Forecasting.Evaluation;

/// <summary>Compares forecasts with what came, beside the forecasts of baselines.</summary>
public static class ForecastEvaluation
{
    /// <summary>Judges forecasts over all windows of a part that was held out.</summary>
    /// <param name="schema">The schema that was fitted to the training part.</param>
    /// <param name="models">The forecasts to judge, each with a name of its own; none for the baselines alone.</param>
    /// <param name="training">The training part, to which baselines are fitted.</param>
    /// <param name="test">The part that was held out; it comes after the training part.</param>
    /// <param name="options">The baselines; the defaults if null.</param>
    /// <returns>The report, whose text is a table.</returns>
    /// <exception cref="ArgumentException">
    /// There is no window, the series have other columns or steps, or the test part begins before the training part
    /// ends.
    /// </exception>
    public static ForecastReport HoldOut(
        ForecastSchema schema,
        IReadOnlyList<IForecaster> models,
        TimeSeriesSet training,
        TimeSeriesSet test,
        EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(test);
        RequireNames(models);
        RequireOrder(training, test);
        var comparison = new Comparison(options ?? new());
        comparison.Add(models, training, schema.Windows(test));
        return comparison.ToReport();
    }

    /// <summary>
    /// Judges a way to make forecasts as it would be used: from one origin after the other, it predicts the next steps
    /// from those before, and is trained on those before alone.
    /// </summary>
    /// <remarks>
    /// At each origin of a fit, the steps before it become the training part: schema, scaling, network and baselines
    /// are fitted to it. See L. J. Tashman, "Out-of-sample tests of forecasting accuracy" (2000).
    /// </remarks>
    /// <param name="series">The series.</param>
    /// <param name="windows">What a forecast is made from, and what it is of.</param>
    /// <param name="rolling">The origins.</param>
    /// <param name="train">
    /// Makes a forecaster of a schema and the training part that it was fitted to; it never sees anything later.
    /// </param>
    /// <returns>The report, whose text is a table.</returns>
    /// <exception cref="ArgumentException">
    /// There is no window before or behind the first origin, or a column is not there.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The series do not reach from before to behind it.</exception>
    public static ForecastReport RollingOrigin(
        TimeSeriesSet series,
        WindowOptions windows,
        RollingOriginOptions rolling,
        Func<ForecastSchema, TimeSeriesSet, IForecaster> train)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(rolling);
        ArgumentNullException.ThrowIfNull(train);
        var comparison = new Comparison(rolling.Baselines);
        (TimeSeriesSet before, TimeSeriesSet after) = series.SplitAt(rolling.From);
        _ = WindowSearch.Find(ForecastSchema.Fit(before, windows), after, rolling.Stride, nameof(series));
        DateTime last = series.Max(one => one.End);
        DateTime until;
        for (DateTime from = rolling.From; from <= last; from = until)
        {
            until = rolling.RefitEvery is { } origins
                ? series.Frequency.Add(from, checked(origins * rolling.Stride))
                : DateTime.MaxValue;
            (TimeSeriesSet past, TimeSeriesSet future) = series.SplitAt(from);
            ForecastSchema schema = ForecastSchema.Fit(past, windows);
            WindowSet ofFit = WindowSearch.FindAny(schema, future, rolling.Stride, until, nameof(series));

            // From the last origins on, there may be fewer steps than are predicted.
            if (ofFit.Count > 0)
            {
                comparison.Add([train(schema, past)], past, ofFit);
            }
        }

        return comparison.ToReport();
    }

    private static void RequireNames(IReadOnlyList<IForecaster> models)
    {
        if (models.Select(model => model.Name).Distinct(StringComparer.Ordinal).Count() != models.Count)
        {
            throw new ArgumentException(
                $"Each forecaster needs a name of its own, but they are "
                + $"{MessageText.Listed(models.Select(model => model.Name))}.",
                nameof(models));
        }
    }

    private static void RequireOrder(TimeSeriesSet training, TimeSeriesSet test)
    {
        foreach (TimeSeries one in test)
        {
            TimeSeries? before = training.FirstOrDefault(other => other.Key == one.Key);
            if (before is not null && one.Start <= before.End)
            {
                throw new ArgumentException(
                    $"The test part begins at {TimeText.Of(one.Start)}, but the training part ends at "
                    + $"{TimeText.Of(before.End)}: what was trained on would be predicted. "
                    + $"{nameof(TimeSeries)}.{nameof(TimeSeries.SplitAt)} makes parts that follow each other.",
                    nameof(test));
            }
        }
    }
}
