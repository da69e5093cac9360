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
}
