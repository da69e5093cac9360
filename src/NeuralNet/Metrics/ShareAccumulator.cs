using System.Numerics;
using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>Adds up how many samples are judged right, each by its weight.</summary>
internal abstract class ShareAccumulator(OutputReading reading) : IMetricAccumulator
{
    private BatchRows _rows;
    private CompensatedSum _right;
    private CompensatedSum _count;
    private bool _hasNaN;

    public double Value => _hasNaN ? double.NaN : _right.Value / _count.Value;

    protected OutputReading Reading => reading;

    /// <summary>Refuses outputs that the metric cannot judge, if their number is known.</summary>
    public IMetricAccumulator Begin()
    {
        if (reading.Count is { } outputs)
        {
            RequireOutputs(outputs);
        }

        return this;
    }

    public void Add<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _rows.Require(Reading.Metric, outputs, targets, weights);
        RequireOutputs(outputs.Rows);
        RequireTargets(targets, weights);
        _rows.Settle(outputs.Rows);
        for (int j = 0; j < outputs.Columns; j++)
        {
            double weight = SampleWeights.Of(weights, j);
            if (weight == 0)
            {
                continue;
            }

            int right = Judge(outputs.Column(j), targets.Column(j));
            _hasNaN |= right == Decision.None;
            _right.Add(right * weight);
            _count.Add(weight);
        }
    }

    public void Reset() => (_rows, _right, _count, _hasNaN) = (default, default, default, false);

    /// <summary>Requires a number of outputs that the metric can judge.</summary>
    protected abstract void RequireOutputs(int outputs);

    /// <summary>Requires targets that the metric can judge; any unless overridden.</summary>
    protected virtual void RequireTargets<T>(ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
    }

    /// <summary>1 if a sample is right, 0 if not, <see cref="Decision.None"/> if a number is NaN.</summary>
    protected abstract int Judge<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
