using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>
/// Mean over a sample's m outputs of the squared error: L = (1/m) Σᵢ (oᵢ − eᵢ)², ∂L/∂oᵢ = (2/m)(oᵢ − eᵢ).
/// </summary>
/// <remarks>There is no hidden ½: for one output the gradient is 2(o − e). As PyTorch's <c>mse_loss</c>.</remarks>
public sealed class MeanSquaredError : ILoss
{
    /// <inheritdoc/>
    public string Name => "mean squared error";

    /// <inheritdoc/>
    public LossInput Input => LossInput.Any;

    /// <inheritdoc/>
    public void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TensorPrimitives.Subtract(outputs.Values, targets.Values, gradient.Values);

        T count = T.CreateChecked(outputs.Rows);
        for (int j = 0; j < outputs.Columns; j++)
        {
            losses[j] = TensorPrimitives.SumOfSquares<T>(gradient.Column(j)) / count;
        }

        TensorPrimitives.Multiply(gradient.Values, T.CreateChecked(2) / count, gradient.Values);
    }
}
