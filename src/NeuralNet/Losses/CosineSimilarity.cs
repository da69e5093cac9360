using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>
/// Distance between the direction of a sample's outputs o and that of its targets t, whatever their lengths: L = 1 − c
/// with c = o·t / √(A B), A = |o|² + ε, B = |t|² + ε, ε = 10⁻¹²; ∂L/∂o = ((o·t) o / A − t) / √(A B). It is 0 for the
/// same direction and 2 for the opposite one.
/// </summary>
/// <remarks>
/// As PyTorch's <c>CosineEmbeddingLoss</c> for pairs that belong together. Keras's <c>CosineSimilarity</c> is −c, from
/// −1 to 1, with the same gradient. ε is PyTorch's: where outputs or targets are all 0, c is 0 and L is 1. The gradient
/// at o = 0, −t/√(ε B), is finite but large: its norm is up to 10⁶.
/// </remarks>
public sealed class CosineSimilarity : ILoss
{
    private const double Epsilon = 1e-12;

    /// <inheritdoc/>
    public string Name => "cosine similarity";

    /// <inheritdoc/>
    public LossInput Input => LossInput.Any;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A shape does not fit the outputs.</exception>
    public void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        LossShapes.Require(outputs, targets, losses, gradient);
        T epsilon = T.CreateChecked(Epsilon);
        for (int j = 0; j < outputs.Columns; j++)
        {
            ReadOnlySpan<T> o = outputs.Column(j);
            ReadOnlySpan<T> t = targets.Column(j);
            Span<T> d = gradient.Column(j);

            T product = LaneSums.Dot<T>(o, t);
            T outputSquare = LaneSums.SumOfSquares<T>(o) + epsilon;
            T targetSquare = LaneSums.SumOfSquares<T>(t) + epsilon;
            T lengths = T.Sqrt(outputSquare) * T.Sqrt(targetSquare);
            losses[j] = T.One - (product / lengths);

            TensorPrimitives.Multiply(o, product / outputSquare, d);
            TensorPrimitives.Subtract(d, t, d);
            TensorPrimitives.Divide(d, lengths, d);
        }
    }
}
