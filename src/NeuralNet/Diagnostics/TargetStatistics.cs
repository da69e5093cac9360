using System.Numerics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Diagnostics;

/// <summary>Statistics of the targets of one output of a network, for the warnings about them.</summary>
internal sealed class TargetStatistics<T>(OutputHead<T> head)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RowStatistics<T> _rows = new(head.Width);
    private double? _oddSum;

    /// <summary>Adds a batch with the targets of all outputs.</summary>
    public void Add(ReadOnlyMatrixSpan<T> targets)
    {
        ReadOnlyMatrixSpan<T> own = head.Range.Of(targets);
        own = new(own.Values, head.Width, own.Columns * head.Steps);
        for (int j = 0; j < own.Columns; j++)
        {
            if (head.AreKnown(own.Column(j)))
            {
                Add(own.ColumnRange(j, 1), TargetCheck.WantsDistributions(head.Loss!));
            }
        }
    }

    /// <summary>The warnings about the targets that were added.</summary>
    public IEnumerable<TrainingWarning> Check() =>
        _rows.Count > 0 && head.Loss!.ReadsTargets ? TargetCheck.Check(head, _rows, _oddSum) : [];

    private void Add(ReadOnlyMatrixSpan<T> column, bool wantsDistributions)
    {
        _rows.Add(column);
        if (wantsDistributions)
        {
            _oddSum ??= TargetCheck.FirstOddSum(column);
        }
    }
}
