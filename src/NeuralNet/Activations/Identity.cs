using NeuralNet.Initializers;

namespace NeuralNet.Activations;

/// <summary>No activation: σ(z) = z, σ'(z) = 1.</summary>
public sealed class Identity() : ElementwiseActivation("Identity", new GlorotUniform(), backwardReadsInput: false)
{
    /// <inheritdoc/>
    protected override void Value<T>(ReadOnlySpan<T> z, Span<T> a) => CopyUnlessSame(z, a);

    /// <inheritdoc/>
    protected override void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> outputGradient, Span<T> inputGradient) =>
        CopyUnlessSame(outputGradient, inputGradient);

    private static void CopyUnlessSame<T>(ReadOnlySpan<T> source, Span<T> destination)
    {
        if (source != destination)
        {
            source.CopyTo(destination);
        }
    }
}
