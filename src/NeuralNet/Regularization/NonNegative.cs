using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Regularization;

/// <summary>
/// Keeps weights from being negative: w becomes max(w, 0). A network of such weights and activations that never fall
/// never falls itself as an input rises.
/// </summary>
/// <remarks>Keras's <c>NonNeg</c>.</remarks>
public sealed class NonNegative : IConstraint
{
    /// <inheritdoc/>
    public void Apply<T>(MatrixSpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Max(values.Values, T.Zero, values.Values);
}
