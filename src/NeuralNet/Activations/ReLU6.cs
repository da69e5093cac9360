using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>
/// Rectified linear unit cut off at 6: σ(z) = min(max(0, z), 6); σ'(z) = 1 for 0 &lt; z &lt; 6, else 0.
/// </summary>
/// <remarks>Krizhevsky, "Convolutional deep belief networks on CIFAR-10" (2010).</remarks>
public sealed class ReLU6() : ElementwiseActivation("ReLU6", new HeNormal(), backwardReadsInput: false)
{
    /// <inheritdoc/>
    protected override void Value<T>(ReadOnlySpan<T> z, Span<T> a) =>
        Elementwise.Value(z, a, new Clamp<T>(0, 6));

    /// <inheritdoc/>
    protected override void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> outputGradient, Span<T> inputGradient) =>
        Elementwise.Gradient(x, outputGradient, inputGradient, new Clamp<T>(0, 6));
}
