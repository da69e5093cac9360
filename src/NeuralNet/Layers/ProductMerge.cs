using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// a = Π bₖ, element by element; ∂L/∂bₖ = ∂L/∂a ⊙ Π bₘ over the other branches m, so that a branch may be 0.
/// </summary>
internal sealed class ProductMerge : ElementwiseMerge
{
    public override string Name => "Product";

    public override void Forward<T>(BranchOutputs<T> branches, MatrixSpan<T> output)
    {
        branches[0].Values.CopyTo(output.Values);
        for (int k = 1; k < branches.Count; k++)
        {
            TensorPrimitives.Multiply(output.Values, branches[k].Values, output.Values);
        }
    }

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
}
