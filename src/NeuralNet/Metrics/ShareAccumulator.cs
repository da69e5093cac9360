using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>Counts how many samples are judged right.</summary>
internal abstract class ShareAccumulator(OutputReading reading) : IMetricAccumulator
{
    /// <summary>The number in the place of a count where a number is NaN.</summary>
    protected const long None = -1;

    private BatchRows _rows;
    private long _right;
    private long _count;
    private bool _hasNaN;

    public double Value => _hasNaN || _count == 0 ? double.NaN : (double)_right / _count;

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

    public void Add<T>(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _rows.Require(Reading.Metric, outputs, targets);
        RequireOutputs(outputs.Rows);
        RequireTargets(targets);
        _rows.Settle(outputs.Rows);
        _count += outputs.Columns;
        long right = CountRight(outputs, targets);
        if (right == None)
        {
            _hasNaN = true;
        }
        else
        {
            _right += right;
        }
    }

    public void Reset() => (_rows, _right, _count, _hasNaN) = (default, 0, 0, false);

    /// <summary>Requires a number of outputs that the metric can judge.</summary>
    protected abstract void RequireOutputs(int outputs);

    /// <summary>Requires targets that the metric can judge; any unless overridden.</summary>
    protected virtual void RequireTargets<T>(ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
    }

    /// <summary>Counts the samples of a batch that are right; <see cref="None"/> if a number is NaN.</summary>
    protected abstract long CountRight<T>(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
