using System.Numerics;

namespace NeuralNet.Initializers;

/// <summary>0 everywhere, as biases start.</summary>
/// <remarks>
/// Never use it for the weights of a layer: its neurons would stay equal to each other for ever. PyTorch's
/// <c>zeros_</c> and Keras's <c>Zeros</c>; that name is taken by a type of MathNet's.
/// </remarks>
public sealed class Zero : IInitializer
{
    /// <inheritdoc/>
    public void Initialize<T>(Span<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T> => values.Clear();
}
