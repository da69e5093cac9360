using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// a = maxₖ bₖ, element by element, NaN where one is NaN. ∂L/∂a goes to the first branch that holds the maximum; the
/// others get 0.
/// </summary>
/// <remarks>
/// As Keras's <c>Maximum</c>. PyTorch's <c>torch.maximum</c> halves the gradient between two branches that are equal.
/// </remarks>
internal sealed class MaximumMerge : ElementwiseMerge
{
    public override string Name => "Maximum";

    public override void Backward<T>(
        int branch,
        BranchOutputs<T> branches,
        ReadOnlyMatrixSpan<T> output,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> branchGradient)
    {
        ReadOnlySpan<T> maximum = output.Values;
        ReadOnlySpan<T> own = branches[branch].Values;
        ReadOnlySpan<T> gradient = outputGradient.Values;
        Span<T> result = branchGradient.Values;
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = IsSame(own[i], maximum[i]) ? gradient[i] : T.Zero;
        }

        for (int k = 0; k < branch; k++)
        {
            ReadOnlySpan<T> before = branches[k].Values;
            for (int i = 0; i < result.Length; i++)
            {
                if (IsSame(before[i], maximum[i]))
                {
                    result[i] = T.Zero;
                }
            }
        }
    }

    protected override void Join<T>(ReadOnlySpan<T> one, ReadOnlySpan<T> other, Span<T> result) =>
        TensorPrimitives.Max(one, other, result);

    private static bool IsSame<T>(T value, T maximum)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        value == maximum || (T.IsNaN(value) && T.IsNaN(maximum));
}
