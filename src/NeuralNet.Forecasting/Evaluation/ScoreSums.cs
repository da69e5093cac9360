using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Forecasting.Windows;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;

namespace NeuralNet.Forecasting.Evaluation;

/// <summary>Adds up the errors of one method for one target.</summary>
internal sealed class ScoreSums(string name, string target, IReadOnlyList<double> quantiles)
{
    private readonly IMetricAccumulator _absolute = new MeanAbsoluteErrorMetric().Start();
    private readonly IMetricAccumulator _root = new RootMeanSquaredError().Start();
    private readonly IMetricAccumulator _percentage = new MeanAbsolutePercentageError().Start();
    private readonly IMetricAccumulator _symmetric = new SymmetricMeanAbsolutePercentageError().Start();
    private readonly IMetricAccumulator _scaled = new MeanAbsoluteErrorMetric().Start();
    private readonly IMetricAccumulator? _coverage =
        quantiles.Count > 1 ? new IntervalCoverage(quantiles, quantiles[0], quantiles[^1]).Start() : null;

    private bool _hasZero;
    private double _loss;
    private long _windows;

    public string Name => name;

    public string Target => target;

    /// <summary>Adds windows.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="index">The place of the target.</param>
    /// <param name="targets">What came, (steps × targets) × windows.</param>
    /// <param name="forecasts">What was expected, (steps × targets × quantiles) × windows.</param>
    /// <param name="scales">The scale of MASE of each window.</param>
    public void Add(
        WindowSet windows, int index, Matrix<double> targets, Matrix<double> forecasts, IReadOnlyList<double> scales)
    {
        WindowLayout layout = windows.Schema.Layout;
        int count = layout.Targets.Length;
        int perValue = Math.Max(1, quantiles.Count);
        int center = perValue == 1 ? 0 : layout.Center;
        Matrix<double> actual = Rows((step, window) => targets[(step * count) + index, window]);
        Matrix<double> expected = Rows(
            (step, window) => forecasts[(((step * count) + index) * perValue) + center, window]);
        _absolute.Add(expected, actual);
        _root.Add(expected, actual);
        _percentage.Add(expected, actual);
        _symmetric.Add(expected, actual);
        _scaled.Add(
            Rows((step, window) => expected[step, window] / scales[window]),
            Rows((step, window) => actual[step, window] / scales[window]));
        _hasZero |= actual.Exists(value => value == 0);
        _windows += windows.Count;
        if (quantiles.Count > 0)
        {
            Matrix<double> all = Matrix<double>.Build.Dense(
                layout.Horizon * perValue,
                windows.Count,
                (row, window) => forecasts[
                    (((row / perValue * count) + index) * perValue) + (row % perValue), window]);
            Matrix<double> repeated = Matrix<double>.Build.Dense(
                layout.Horizon * perValue, windows.Count, (row, window) => actual[row / perValue, window]);
            double[] losses = new double[windows.Count];
            Matrix<double> gradient = Matrix<double>.Build.SameAs(all);
            new QuantileLoss(quantiles).Compute(
                all,
                repeated,
                losses,
                new MatrixSpan<double>(gradient.AsColumnMajorArray(), all.RowCount, windows.Count));
            _loss += losses.Sum();
            _coverage?.Add(all, repeated);
        }

        Matrix<double> Rows(Func<int, int, double> value) =>
            Matrix<double>.Build.Dense(layout.Horizon, windows.Count, value);
    }

    public ForecastScore ToScore() => new(
        name,
        target,
        _absolute.Value,
        _root.Value,
        _hasZero ? double.PositiveInfinity : _percentage.Value,
        _symmetric.Value,
        _scaled.Value,
        quantiles.Count == 0 ? null : _loss / _windows,
        _coverage?.Value);
}
