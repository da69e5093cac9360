using System.Buffers;
using System.Numerics;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// The norms of the rows of another parameter, which must have been drawn before: the gains with which a weight
/// normalization begins, so that its weights are at first those that were drawn.
/// </summary>
internal sealed class NormsOfRows<TWeights>(Parameter<TWeights> weights) : IInitializer
    where TWeights : unmanaged, IFloatingPointIeee754<TWeights>
{
    /// <inheritdoc/>
    public void Initialize<T>(MatrixSpan<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] rented = ArrayPool<double>.Shared.Rent(values.Rows);
        Span<double> norms = rented.AsSpan(0, values.Rows);
        RowNorms.Compute<TWeights>(weights.View, norms);
        for (int i = 0; i < norms.Length; i++)
        {
            values[i, 0] = T.CreateTruncating(norms[i]);
        }

        ArrayPool<double>.Shared.Return(rented);
    }
}
