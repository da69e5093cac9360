using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Forecasting.Series;
using NeuralNet.Guards;

namespace NeuralNet.Forecasting.Baselines;

/// <summary>
/// Forecasts for every step the last known value a whole number of seasons before it, such as that of the same month of
/// the year before. It reads the series itself, as far back as a season reaches, not the window.
/// </summary>
public sealed class SeasonalNaiveForecaster : IForecaster
{
    /// <summary>Makes the forecaster.</summary>
    /// <param name="period">The steps of a season, such as 12 for months; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is below 1.</exception>
    public SeasonalNaiveForecaster(int period)
    {
        Period = Require.AtLeast(period, 1);
    }

    /// <summary>The steps of a season.</summary>
    public int Period { get; }

    /// <inheritdoc/>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"seasonal naive ({Period})");

    /// <inheritdoc/>
    public IReadOnlyList<double> Quantiles => [];

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">
    /// The series does not reach a season back from a window, or a value is missing there.
    /// </exception>
    public Matrix<double> Predict(WindowSet windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        int targets = windows.Schema.Targets.Count;
        var forecasts = Matrix<double>.Build.Dense(windows.Schema.Layout.ValueCount, windows.Count);
        for (int window = 0; window < windows.Count; window++)
        {
            SeriesData data = windows.At(window);
            for (int row = 0; row < forecasts.RowCount; row++)
            {
                int ahead = row / targets;
                int step = windows.FirstOf(window) + ahead - (Period * ((ahead / Period) + 1));
                double value = step < 0 ? double.NaN : data.Values[windows.Column(window, row % targets)][step];
                forecasts[row, window] = !double.IsNaN(value)
                    ? value
                    : throw new InvalidOperationException(
                        $"A seasonal naive forecast of {TimeText.Of(data.TimeAt(windows.FirstOf(window) + ahead))} "
                        + $"needs the value of {TimeText.Of(data.TimeAt(step))}, {Quantity.Of(Period, "step")} before, "
                        + $"but {data.Where} "
                        + (step < 0 ? $"begins at {TimeText.Of(data.Start)}." : "has none there."));
            }
        }

        return forecasts;
    }

    /// <summary>True if all values that a forecast needs are there.</summary>
    internal bool CanPredict(WindowSet windows)
    {
        try
        {
            _ = Predict(windows);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
