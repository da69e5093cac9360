using System.Numerics.Tensors;
using NeuralNet.Activations;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>a = (1/n) Σ bₖ for n branches; ∂L/∂bₖ = (1/n) ∂L/∂a.</summary>
internal sealed class AverageMerge : ElementwiseMerge
{
    public override string Name => "Average";

    /// <summary>The mean of probabilities is one; that of their logarithms is none.</summary>
    public override OutputKind? OutputKindOf(IReadOnlyList<OutputKind?> branches) =>
        branches[0] is { } kind and (OutputKind.Real or OutputKind.Probability or OutputKind.Distribution)
            && branches.All(other => other == kind)
                ? kind
                : null;

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
        InParts.Add(one, other, result);
}
