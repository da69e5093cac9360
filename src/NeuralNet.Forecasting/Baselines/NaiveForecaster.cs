using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Forecasting.Baselines;

/// <summary>Forecasts the last known value for every step: persistence.</summary>
public sealed class NaiveForecaster : IForecaster
{
    /// <inheritdoc/>
    public string Name => "naive";

    /// <inheritdoc/>
    public IReadOnlyList<double> Quantiles => [];

    /// <inheritdoc/>
    public Matrix<double> Predict(WindowSet windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        int targets = windows.Schema.Targets.Count;
        return Matrix<double>.Build.Dense(
            windows.Schema.Layout.ValueCount,
            windows.Count,
            (row, window) =>
                windows.At(window).Values[windows.Column(window, row % targets)][windows.FirstOf(window) - 1]);
    }
}
