using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>Counts how many decisions are right.</summary>
internal abstract class ShareAccumulator(string metric) : IMetricAccumulator
{
    private BatchRows _rows;
    private long _right;
    private long _count;

    public double Value => _count == 0 ? double.NaN : (double)_right / _count;

    public void Add<T>(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _rows.Require(metric, outputs, targets);
        RequireOutputs(outputs.Rows);
        _rows.Settle(outputs.Rows);
        _right += CountRight(outputs, targets);
        _count += Decisions(outputs.Rows, outputs.Columns);
    }

    public void Reset() => (_rows, _right, _count) = (default, 0, 0);

    /// <summary>Requires a number of outputs that the metric can judge.</summary>
    protected abstract void RequireOutputs(int outputs);

    /// <summary>The number of decisions in a number of samples.</summary>
    protected virtual long Decisions(int outputs, int samples) => samples;

    protected abstract long CountRight<T>(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
