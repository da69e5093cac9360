using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>Counts samples by class, for any figure that follows from the counts.</summary>
internal sealed class ClassAccumulator(ClassScore score, string metric) : IMetricAccumulator
{
    private BatchRows _rows;
    private ClassCounts? _counts;

    public double Value => _counts is null || _counts.Count == 0 ? double.NaN : score.Of(_counts);

    public void Add<T>(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _rows.Require(metric, outputs, targets);
        score.RequireOutputs(metric, outputs.Rows);
        _rows.Settle(outputs.Rows);
        int classes = Decision.Classes(outputs.Rows);
        if (_counts?.Classes != classes)
        {
            _counts = new ClassCounts(classes);
        }

        for (int j = 0; j < outputs.Columns; j++)
        {
            _counts.Add(
                Decision.Actual(targets.Column(j)), Decision.Predicted(outputs.Column(j), score.Threshold));
        }
    }

    public void Reset()
    {
        _rows = default;
        _counts?.Clear();
    }
}
