using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>Sums of squares of every output: of the residuals, and of the targets about their mean.</summary>
internal sealed class R2Accumulator(string metric, int? one) : IMetricAccumulator
{
    private BatchRows _rows;
    private Sums[] _outputs = [];
    private long _count;

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
                return _outputs[only].Score;
            }

            double sum = 0;
            foreach (ref readonly Sums output in _outputs.AsSpan())
            {
                sum += output.Score;
            }

            return sum / _outputs.Length;
        }
    }

    public void Add<T>(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _rows.Require(metric, outputs, targets);
        BatchRows.RequireOutput(metric, one, outputs.Rows);
        _rows.Settle(outputs.Rows);
        if (_outputs.Length != outputs.Rows)
        {
            _outputs = new Sums[outputs.Rows];
        }

        for (int j = 0; j < outputs.Columns; j++)
        {
            ReadOnlySpan<T> output = outputs.Column(j);
            ReadOnlySpan<T> target = targets.Column(j);
            _count++;
            for (int i = 0; i < _outputs.Length; i++)
            {
                _outputs[i].Add(double.CreateChecked(output[i]), double.CreateChecked(target[i]), _count);
            }
        }
    }

    public void Reset()
    {
        _rows = default;
        _count = 0;
        Array.Clear(_outputs);
    }

    private struct Sums
    {
        private double _first;
        private double _mean;
        private CompensatedSum _deviations;
        private CompensatedSum _residuals;

        public readonly double Score
        {
            get
            {
                double deviations = _deviations.Value;
                double residuals = _residuals.Value;
                if (deviations != 0)
                {
                    return 1 - (residuals / deviations);
                }

                return residuals == 0 ? 1 : residuals > 0 ? 0 : double.NaN;
            }
        }

        public void Add(double output, double target, long count)
        {
            if (count == 1)
            {
                _first = target;
            }

            double residual = output - target;
            _residuals.Add(residual * residual);
            double shifted = target - _first;
            double before = shifted - _mean;
            _mean += before / count;
            _deviations.Add(before * (shifted - _mean));
        }
    }
}
