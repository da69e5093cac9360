using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>Targets that are not known, which a number in their place says: the mask.</summary>
internal static class TargetMask
{
    /// <summary>
    /// Makes values and derivatives 0 where the target is the mask. An output that is NaN or infinite is wrong all the
    /// same, and makes them NaN.
    /// </summary>
    public static void Clear<T>(
        T mask, ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> values, Span<T> derivatives)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < targets.Length; i++)
        {
            if (targets[i] == mask)
            {
                values[i] = derivatives[i] = outputs[i] - outputs[i];
            }
        }
    }

    /// <summary>Divides the sums of each sample by the number of its known targets, if there are any.</summary>
    public static void DivideByKnown<T>(
        T mask, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < targets.Columns; j++)
        {
            T known = T.CreateChecked(Math.Max(1, targets.Rows - targets.Column(j).Count(mask)));
            losses[j] /= known;
            TensorPrimitives.Divide(gradient.Column(j), known, gradient.Column(j));
        }
    }
}
