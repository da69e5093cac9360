using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Forecasting.Baselines;
using NeuralNet.Forecasting.Series;
using NeuralNet.Guards;
using NeuralNet.Metrics;

namespace NeuralNet.Forecasting.Evaluation;

/// <summary>Compares methods over windows, which may come in several parts, each with methods fitted anew.</summary>
internal sealed class Comparison(EvaluationOptions options)
{
    private readonly List<ScoreSums> _sums = [];
    private readonly List<string> _notes = [];
    private int _windows;
    private int _leftOut;
    private int _horizon;
    private int _period;
    private DateTime _from = DateTime.MaxValue;
    private DateTime _to = DateTime.MinValue;

    /// <summary>Adds windows.</summary>
    /// <param name="models">The forecasts to judge.</param>
    /// <param name="training">What they and the baselines were fitted to.</param>
    /// <param name="windows">The windows.</param>
    public void Add(IReadOnlyList<IForecaster> models, TimeSeriesSet training, WindowSet windows)
    {
        _period = options.Period ?? windows.Schema.Frequency.UsualPeriod;
        _horizon = windows.Schema.Horizon;
        _windows += windows.Count;
        _leftOut += windows.LeftOut;
        for (int window = 0; window < windows.Count; window++)
        {
            DateTime first = windows.TimeOf(window);
            DateTime last = windows.At(window).TimeAt(windows.FirstOf(window) + _horizon - 1);
            (_from, _to) = (first < _from ? first : _from, last > _to ? last : _to);
        }

        Matrix<double> targets = windows.Targets();
        double[][] scales = [.. windows.Schema.Targets.Select(target => Scales(training, windows, target))];
        foreach (IForecaster model in (IForecaster[])[.. models, .. Baselines(training, windows)])
        {
            Matrix<double> forecasts = Predict(model, windows);
            for (int i = 0; i < windows.Schema.Targets.Count; i++)
            {
                SumsOf(model, windows.Schema.Targets[i]).Add(windows, i, targets, forecasts, scales[i]);
            }
        }
    }

    /// <summary>The report of all windows.</summary>
    public ForecastReport ToReport()
    {
        if (_leftOut > 0)
        {
            _notes.Insert(0, $"{Quantity.Of(_leftOut, "window")} left out, in which a value is missing.");
        }

        return new(
            [.. _sums.Select(sums => sums.ToScore())],
            _windows,
            _horizon,
            _from,
            _to,
            _period,
            [.. _notes.Distinct()]);
    }

    private List<IForecaster> Baselines(TimeSeriesSet training, WindowSet windows)
    {
        var baselines = new List<IForecaster> { new NaiveForecaster() };
        if (_period > 1)
        {
            var seasonal = new SeasonalNaiveForecaster(_period);
            if (seasonal.CanPredict(windows))
            {
                baselines.Add(seasonal);
            }
            else
            {
                _notes.Add($"No seasonal naive forecast: the series lack values {_period} steps before some windows.");
            }
        }

        baselines.Add(RidgeForecaster.Fit(windows.Schema, training, options.RidgePenalty));
        return baselines;
    }

    private static Matrix<double> Predict(IForecaster model, WindowSet windows)
    {
        Matrix<double> forecasts = model.Predict(windows);
        int rows = windows.Schema.Layout.ValueCount * Math.Max(1, model.Quantiles.Count);
        return forecasts.RowCount == rows && forecasts.ColumnCount == windows.Count
            ? forecasts
            : throw new InvalidOperationException(
                $"The forecaster '{MessageText.Shortened(model.Name)}' must give {rows} × {windows.Count} (steps × "
                + $"targets × quantiles, a window per column), but gave {forecasts.RowCount} × "
                + $"{forecasts.ColumnCount}.");
    }

    private ScoreSums SumsOf(IForecaster model, string target)
    {
        ScoreSums? sums = _sums.Find(one => one.Name == model.Name && one.Target == target);
        if (sums is null)
        {
            sums = new(model.Name, target, model.Quantiles);
            _sums.Add(sums);
        }

        return sums;
    }

    private double[] Scales(TimeSeriesSet training, WindowSet windows, string target)
    {
        var bySeries = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (TimeSeries one in training)
        {
            try
            {
                bySeries[one.Key] = MeanAbsoluteScaledError.ScaleOf(Observed(one, target), _period);
            }
            catch (ArgumentException)
            {
                _notes.Add($"No MASE: the training data have no two values that are {_period} steps apart.");
            }
        }

        return
        [
            .. Enumerable.Range(0, windows.Count).Select(
                window => bySeries.TryGetValue(windows.KeyOf(window), out double scale) && scale > 0
                    ? scale
                    : double.NaN),
        ];
    }

    // What stands in for a missing value is none.
    private static double[] Observed(TimeSeries series, string target)
    {
        SeriesData data = series.Data;
        int column = data.IndexOf(target);
        return
        [
            .. Enumerable.Range(series.First, series.Count)
                .Select(step => data.IsObserved(column, step) ? data.Values[column][step] : double.NaN),
        ];
    }
}
