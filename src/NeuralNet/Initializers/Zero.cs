using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Initializers;

/// <summary>Sets every element to 0: the initial value of biases.</summary>
/// <remarks>
/// Never use it for the weights of a layer: its neurons would stay equal to each other for ever. PyTorch's
/// <c>zeros_</c> and Keras's <c>Zeros</c>, a name that a type of MathNet has already.
/// </remarks>
public sealed class Zero : IInitializer
{
    /// <inheritdoc/>
    public void Initialize<T>(MatrixSpan<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T> => values.Values.Clear();
}
