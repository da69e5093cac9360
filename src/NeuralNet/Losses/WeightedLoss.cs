using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>The losses of samples that have weights.</summary>
internal static class WeightedLoss
{
    /// <summary>Computes wⱼ·Lⱼ and its gradient for every sample j.</summary>
    /// <param name="loss">L.</param>
    /// <param name="outputs">The network's outputs, outputs × batch.</param>
    /// <param name="targets">The desired outputs, outputs × batch.</param>
    /// <param name="weights">
    /// w: a weight per sample or, of a loss per output, one for each output; all 1 if empty.
    /// </param>
    /// <param name="losses">The weighted loss of each sample, overwritten.</param>
    /// <param name="gradient">Its gradient by the outputs, overwritten.</param>
    /// <exception cref="ArgumentException">
    /// There are weights for each output, but the loss is that of all together.
    /// </exception>
    public static void Compute<T>(
        ILoss loss,
        ReadOnlyMatrixSpan<T> outputs,
        ReadOnlyMatrixSpan<T> targets,
        ReadOnlySpan<T> weights,
        Span<T> losses,
        MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (weights.Length > outputs.Columns)
        {
            if (loss is not LossPerOutput perOutput || weights.Length != outputs.Columns * perOutput.Losses.Count)
            {
                throw new ArgumentException(
                    $"The samples have {weights.Length / outputs.Columns} weights each, one for each output, but the "
                    + $"loss '{loss.Name}' has no part for each: use a {nameof(LossPerOutput)}.",
                    nameof(weights));
            }

            perOutput.Compute(outputs, targets, weights, losses, gradient);
            return;
        }

        loss.Compute(outputs, targets, losses, gradient);
        if (!weights.IsEmpty)
        {
            TensorPrimitives.Multiply(losses, weights, losses);
            for (int j = 0; j < weights.Length; j++)
            {
                TensorPrimitives.Multiply(gradient.Column(j), weights[j], gradient.Column(j));
            }
        }
    }
}
