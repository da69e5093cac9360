using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// a = Π bₖ, element by element; ∂L/∂bₖ = ∂L/∂a ⊙ Π bₘ over the other branches m, so that a branch may be 0.
/// </summary>
internal sealed class ProductMerge : ElementwiseMerge
{
    public override string Name => "Product";

    public override void Backward<T>(
        int branch,
        BranchOutputs<T> branches,
        ReadOnlyMatrixSpan<T> output,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> branchGradient)
    {
        outputGradient.Values.CopyTo(branchGradient.Values);
        for (int m = 0; m < branches.Count; m++)
        {
            if (m != branch)
            {
                TensorPrimitives.Multiply(branchGradient.Values, branches[m].Values, branchGradient.Values);
            }
        }
    }

    protected override void Join<T>(ReadOnlySpan<T> one, ReadOnlySpan<T> other, Span<T> result) =>
        TensorPrimitives.Multiply(one, other, result);
}
