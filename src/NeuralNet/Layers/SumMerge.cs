using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>a = Σ bₖ, in the order of the branches; ∂L/∂bₖ = ∂L/∂a.</summary>
internal sealed class SumMerge : ElementwiseMerge
{
    public override string Name => "Sum";

    public override void Backward<T>(
        int branch,
        BranchOutputs<T> branches,
        ReadOnlyMatrixSpan<T> output,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> branchGradient) => outputGradient.Values.CopyTo(branchGradient.Values);

    protected override void Join<T>(ReadOnlySpan<T> one, ReadOnlySpan<T> other, Span<T> result) =>
        InParts.Add(one, other, result);
}
