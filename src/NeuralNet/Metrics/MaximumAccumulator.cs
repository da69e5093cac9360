using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>Finds the largest absolute error.</summary>
internal sealed class MaximumAccumulator(string metric, int? one) : IMetricAccumulator
{
    private BatchRows _rows;
    private double? _largest;

    public double Value => _largest ?? double.NaN;

    public void Add<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _rows.Require(metric, outputs, targets, weights);
        BatchRows.RequireOutput(metric, one, outputs.Rows);
        _rows.Settle(outputs.Rows);
        for (int j = 0; j < outputs.Columns; j++)
        {
            if (SampleWeights.Of(weights, j) == 0)
            {
                continue;
            }

            for (int i = one ?? 0; i < (one + 1 ?? outputs.Rows); i++)
            {
                double error = Math.Abs(double.CreateChecked(outputs[i, j]) - double.CreateChecked(targets[i, j]));

                // NaN is larger than any number here.
                _largest = Math.Max(_largest ?? 0, error);
            }
        }
    }

    public void Reset() => (_rows, _largest) = (default, null);
}
