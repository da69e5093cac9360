using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>A merge of branches of one shape, whose elements are joined each by itself.</summary>
internal abstract class ElementwiseMerge : Merge
{
    public sealed override FeatureShape OutputShape(IReadOnlyList<FeatureShape> branches)
    {
        for (int k = 1; k < branches.Count; k++)
        {
            if (!branches[k].CanBeReadAs(branches[0]))
            {
                throw new ArgumentException(
                    $"The merge {Name} needs branches of one shape, but the first gives {branches[0]} and number "
                    + $"{k + 1} gives {branches[k]}.",
                    nameof(branches));
            }
        }

        return branches[0];
    }

    public override void Forward<T>(BranchOutputs<T> branches, MatrixSpan<T> output)
    {
        branches[0].Values.CopyTo(output.Values);
        for (int k = 1; k < branches.Count; k++)
        {
            Join(output.Values, branches[k].Values, output.Values);
        }
    }

    /// <summary>Joins two branches; the result may be the memory of the first.</summary>
    protected abstract void Join<T>(ReadOnlySpan<T> one, ReadOnlySpan<T> other, Span<T> result)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
