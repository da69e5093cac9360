using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Kernels;

namespace NeuralNet.Losses;

/// <summary>The distance of two embeddings, d = |x − y + ε|, as PyTorch's <c>pairwise_distance</c> has it.</summary>
internal static class PairDistance
{
    /// <summary>ε, which keeps the derivative finite where the two are equal.</summary>
    public const double Epsilon = 1e-6;

    /// <summary>Computes d, and its gradient ∂d/∂x = (x − y + ε)/d, which is −∂d/∂y; 0 where d is 0.</summary>
    public static T Compute<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TensorPrimitives.Subtract(x, y, gradient);
        TensorPrimitives.Add(gradient, T.CreateChecked(Epsilon), gradient);
        T distance = T.Sqrt(LaneSums.SumOfSquares<T>(gradient));
        if (distance != T.Zero)
        {
            TensorPrimitives.Divide(gradient, distance, gradient);
        }

        return distance;
    }
}
