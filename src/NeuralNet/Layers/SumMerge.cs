using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>a = Σ bₖ, in the order of the branches; ∂L/∂bₖ = ∂L/∂a.</summary>
internal sealed class SumMerge : ElementwiseMerge
{
    public override string Name => "Sum";

    public override void Forward<T>(BranchOutputs<T> branches, MatrixSpan<T> output)
    {
        branches[0].Values.CopyTo(output.Values);
        for (int k = 1; k < branches.Count; k++)
        {
            TensorPrimitives.Add(output.Values, branches[k].Values, output.Values);
        }
    }

    public override void Backward<T>(
        int branch,
        BranchOutputs<T> branches,
        ReadOnlyMatrixSpan<T> output,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> branchGradient) => outputGradient.Values.CopyTo(branchGradient.Values);
}
