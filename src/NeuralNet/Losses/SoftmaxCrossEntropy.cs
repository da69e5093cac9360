using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>
/// Cross-entropy between a target distribution t and the softmax of the outputs z, which are logits:
/// L = −Σᵢ tᵢ log softmax(z)ᵢ = Σᵢ tᵢ (log Σⱼ eᶻʲ − zᵢ), ∂L/∂zᵢ = softmax(z)ᵢ Σⱼ tⱼ − tᵢ.
/// </summary>
/// <remarks>
/// Give the last layer no activation. For one-hot targets the loss is −log of the probability of the right class; other
/// distributions are taken as they are. Computed by log-sum-exp: with m = maxⱼ zⱼ,
/// log Σⱼ eᶻʲ = m + log Σⱼ eᶻʲ⁻ᵐ, which overflows for no z.
/// </remarks>
public sealed class SoftmaxCrossEntropy : ILoss
{
    /// <inheritdoc/>
    public string Name => "softmax cross-entropy";

    /// <inheritdoc/>
    public LossInput Input => LossInput.Logits;

    /// <inheritdoc/>
    public void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < outputs.Columns; j++)
        {
            ReadOnlySpan<T> z = outputs.Column(j);
            ReadOnlySpan<T> t = targets.Column(j);
            Span<T> dz = gradient.Column(j);

            T targetSum = TensorPrimitives.Sum(t);
            TensorPrimitives.Subtract(z, TensorPrimitives.Max(z), dz);
            T shiftedTarget = TensorPrimitives.Dot(t, dz);
            TensorPrimitives.Exp(dz, dz);
            T sum = TensorPrimitives.Sum<T>(dz);
            losses[j] = (targetSum * T.Log(sum)) - shiftedTarget;

            TensorPrimitives.Multiply(dz, targetSum / sum, dz);
            TensorPrimitives.Subtract(dz, t, dz);
        }
    }
}
