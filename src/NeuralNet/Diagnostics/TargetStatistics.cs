using System.Numerics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Diagnostics;

/// <summary>Statistics of the targets of one output of a network, for the warnings about them.</summary>
internal sealed class TargetStatistics<T>(OutputHead<T> head)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RowStatistics<T> _rows = new(head.Range.Size);
    private double? _oddSum;

    /// <summary>Adds a batch with the targets of all outputs.</summary>
    public void Add(ReadOnlyMatrixSpan<T> targets)
    {
        ReadOnlyMatrixSpan<T> own = head.Range.Of(targets);
        _rows.Add(own);
        if (TargetCheck.WantsDistributions(head.Loss!))
        {
            _oddSum ??= TargetCheck.FirstOddSum(own);
        }
    }

    /// <summary>The warnings about the targets that were added.</summary>
    public IEnumerable<TrainingWarning> Check() => TargetCheck.Check(head, _rows, _oddSum);
}
