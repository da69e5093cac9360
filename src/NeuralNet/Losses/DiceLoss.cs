using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>
/// Dice loss between the outputs o of a sample, which are probabilities, and targets t of 0 and 1: what a predicted
/// area lacks to the overlap with the right one, L = 1 − (2 Σᵢ oᵢ tᵢ + ε) / (S + ε) with S = Σᵢ oᵢ + Σᵢ tᵢ; ∂L/∂oᵢ =
/// (1 − L − 2 tᵢ) / (S + ε). It is 0 for the right area and 1 for one beside it, however small the area is.
/// </summary>
/// <remarks>
/// For images whose pixels are inside or outside of something: the last layer ends in <c>Sigmoid</c>. Milletari et al.,
/// "V-Net" (2016), here with sums, not squares, in the denominator, as Keras's <c>Dice</c>; that one sums over the
/// whole batch unless told, this over a sample. PyTorch has none. A larger ε, such as 1, makes gradients smooth where
/// areas are empty.
/// </remarks>
public sealed class DiceLoss : ILoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="smoothing">ε, which makes the loss of two empty areas 0, and not 0/0.</param>
    /// <exception cref="ArgumentOutOfRangeException">ε is not a finite number above 0.</exception>
    public DiceLoss(double smoothing = 1e-7)
    {
        Smoothing = Require.Positive(smoothing);
    }

    /// <summary>ε, which makes the loss of two empty areas 0.</summary>
    public double Smoothing { get; }

    /// <inheritdoc/>
    public string Name => "Dice loss";

    /// <inheritdoc/>
    public LossInput Input => LossInput.Probabilities;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A shape does not fit the outputs.</exception>
    public void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        LossShapes.Require(outputs, targets, losses, gradient);
        T epsilon = T.CreateChecked(Smoothing);
        T two = T.CreateChecked(2);
        for (int j = 0; j < outputs.Columns; j++)
        {
            ReadOnlySpan<T> o = outputs.Column(j);
            ReadOnlySpan<T> t = targets.Column(j);
            Span<T> d = gradient.Column(j);

            // The numerator of L is S − 2 Σ oᵢ tᵢ = Σ oᵢ (1 − tᵢ) + tᵢ (1 − oᵢ), where nothing cancels.
            T differing = T.Zero;
            T total = epsilon;
            for (int i = 0; i < o.Length; i++)
            {
                differing += (o[i] * (T.One - t[i])) + (t[i] * (T.One - o[i]));
                total += o[i] + t[i];
            }

            losses[j] = differing / total;
            T overlap = T.One - losses[j];
            TensorPrimitives.Multiply(t, -two, d);
            TensorPrimitives.Add(d, overlap, d);
            TensorPrimitives.Divide(d, total, d);
        }
    }
}
