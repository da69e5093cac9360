using System.Numerics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;

namespace NeuralNet.Extensibility.Tests;

/// <summary>A loss of one's own: L = Σ (o − e)⁴, ∂L/∂o = 4(o − e)³.</summary>
internal sealed class QuarticError : ILoss
{
    public string Name => "quartic error";

    public LossInput Input => LossInput.Any;

    public void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < outputs.Columns; j++)
        {
            losses[j] = T.Zero;
            for (int i = 0; i < outputs.Rows; i++)
            {
                T error = outputs[i, j] - targets[i, j];
                losses[j] += error * error * error * error;
                gradient[i, j] = T.CreateChecked(4) * error * error * error;
            }
        }
    }
}
