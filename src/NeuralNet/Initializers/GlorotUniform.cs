using System.Numerics;

namespace NeuralNet.Initializers;

/// <summary>
/// Uniform distribution on [−r, r] with r = √(6 / (fanIn + fanOut)): keeps the variance of activations and of
/// gradients near constant from layer to layer behind sigmoid, tanh, softmax and no activation.
/// </summary>
/// <remarks>
/// Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010), equation 16;
/// PyTorch's <c>xavier_uniform_</c>, Keras's default for dense layers.
/// </remarks>
public sealed class GlorotUniform : IInitializer
{
    /// <inheritdoc/>
    public void Initialize<T>(Span<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(random);
        double limit = Math.Sqrt(6.0 / ((double)fanIn + fanOut));
        foreach (ref T value in values)
        {
            value = T.CreateChecked(((2.0 * random.NextDouble()) - 1.0) * limit);
        }
    }
}
