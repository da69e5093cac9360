using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>
/// Sums of squares of every output: of the residuals, about 0 or about their mean, and of the targets about their mean.
/// </summary>
/// <param name="metric">The name of the metric.</param>
/// <param name="one">The output that is measured; all if null.</param>
/// <param name="aboutMean">
/// Whether residuals are taken about their mean, so that an offset of all costs nothing.
/// </param>
internal sealed class DeterminationAccumulator(string metric, int? one, bool aboutMean) : IMetricAccumulator
{
    private BatchRows _rows;
    private Sums[] _outputs = [];
    private long _count;
    private CompensatedSum _weight;

    public double Value
    {
        get
        {
            if (_count < 2)
            {
                return double.NaN;
            }

            if (one is { } only)
            {
                return _outputs[only].Score(aboutMean);
            }

            double sum = 0;
            foreach (ref readonly Sums output in _outputs.AsSpan())
            {
                sum += output.Score(aboutMean);
            }

            return sum / _outputs.Length;
        }
    }

    public void Add<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _rows.Require(metric, outputs, targets, weights);
        BatchRows.RequireOutput(metric, one, outputs.Rows);
        _rows.Settle(outputs.Rows);
        if (_outputs.Length != outputs.Rows)
        {
            _outputs = new Sums[outputs.Rows];
        }

        for (int j = 0; j < outputs.Columns; j++)
        {
            double weight = SampleWeights.Of(weights, j);
            if (weight == 0)
            {
                continue;
            }

            ReadOnlySpan<T> output = outputs.Column(j);
            ReadOnlySpan<T> target = targets.Column(j);
            _count++;
            _weight.Add(weight);
            for (int i = 0; i < _outputs.Length; i++)
            {
                _outputs[i].Add(
                    double.CreateChecked(output[i]),
                    double.CreateChecked(target[i]),
                    weight,
                    _weight.Value,
                    isFirst: _count == 1);
            }
        }
    }

    public void Reset()
    {
        _rows = default;
        _count = 0;
        _weight = default;
        Array.Clear(_outputs);
    }

    private struct Sums
    {
        private RunningVariance _targets;
        private RunningVariance _aboutMean;
        private CompensatedSum _aboutZero;

        public readonly double Score(bool aboutMean)
        {
            double deviations = _targets.Deviations;
            double residuals = aboutMean ? _aboutMean.Deviations : _aboutZero.Value;
            if (deviations != 0)
            {
                return 1 - (residuals / deviations);
            }

            return residuals == 0 ? 1 : residuals > 0 ? 0 : double.NaN;
        }

        public void Add(double output, double target, double weight, double total, bool isFirst)
        {
            double residual = output - target;
            _aboutZero.Add(weight * residual * residual);
            _aboutMean.Add(residual, weight, total, isFirst);
            _targets.Add(target, weight, total, isFirst);
        }
    }
}
