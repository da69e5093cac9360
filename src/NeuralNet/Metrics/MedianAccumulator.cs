using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>Keeps the absolute errors of every output, of which the median is taken.</summary>
internal sealed class MedianAccumulator(string metric, int? one) : IMetricAccumulator
{
    private BatchRows _rows;
    private WeightedValues[] _errors = [];
    private bool _hasNaN;
    private double? _value;

    public double Value => _value ??= Compute();

    public void Add<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _rows.Require(metric, outputs, targets, weights);
        BatchRows.RequireOutput(metric, one, outputs.Rows);
        _rows.Settle(outputs.Rows);
        int count = one is null ? outputs.Rows : 1;
        if (_errors.Length != count)
        {
            _errors = new WeightedValues[count];
            for (int i = 0; i < count; i++)
            {
                _errors[i] = new WeightedValues();
            }
        }

        _value = null;
        for (int j = 0; j < outputs.Columns; j++)
        {
            double weight = SampleWeights.Of(weights, j);
            for (int i = 0; i < count && weight != 0; i++)
            {
                int row = (one ?? 0) + i;
                double error =
                    Math.Abs(double.CreateChecked(outputs[row, j]) - double.CreateChecked(targets[row, j]));
                _hasNaN |= double.IsNaN(error);
                _errors[i].Add(error, weight);
            }
        }
    }

    public void Reset()
    {
        foreach (WeightedValues errors in _errors)
        {
            errors.Clear();
        }

        (_rows, _hasNaN, _value) = (default, false, null);
    }

    private double Compute()
    {
        if (_hasNaN || _errors.Length == 0 || _errors[0].Count == 0)
        {
            return double.NaN;
        }

        double sum = 0;
        foreach (WeightedValues errors in _errors)
        {
            sum += errors.Median();
        }

        return sum / _errors.Length;
    }
}
