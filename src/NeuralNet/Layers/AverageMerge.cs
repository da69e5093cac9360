using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>a = (1/n) Σ bₖ for n branches; ∂L/∂bₖ = (1/n) ∂L/∂a.</summary>
internal sealed class AverageMerge : ElementwiseMerge
{
    public override string Name => "Average";

    public override void Forward<T>(BranchOutputs<T> branches, MatrixSpan<T> output)
    {
        base.Forward(branches, output);
        TensorPrimitives.Divide(output.Values, T.CreateChecked(branches.Count), output.Values);
    }

    public override void Backward<T>(
        int branch,
        BranchOutputs<T> branches,
        ReadOnlyMatrixSpan<T> output,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> branchGradient) =>
        TensorPrimitives.Divide(outputGradient.Values, T.CreateChecked(branches.Count), branchGradient.Values);

    protected override void Join<T>(ReadOnlySpan<T> one, ReadOnlySpan<T> other, Span<T> result) =>
        TensorPrimitives.Add(one, other, result);
}
