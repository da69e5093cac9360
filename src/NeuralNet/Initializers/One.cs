using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Initializers;

/// <summary>Sets every element to 1: the initial value of gains, which multiply their inputs.</summary>
/// <remarks>
/// Never use it for the weights of a layer: its neurons would stay equal to each other for ever. PyTorch's <c>ones_</c>
/// and Keras's <c>Ones</c>.
/// </remarks>
public sealed class One : IInitializer
{
    /// <inheritdoc/>
    public void Initialize<T>(MatrixSpan<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T> => values.Values.Fill(T.One);
}
