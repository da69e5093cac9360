using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>
/// Hyperbolic tangent in three straight pieces: σ(z) = min(max(m, z), M); σ'(z) = 1 for m &lt; z &lt; M, else 0.
/// </summary>
/// <remarks>Collobert, "Large scale machine learning" (2004). Bounds as in PyTorch's <c>Hardtanh</c>.</remarks>
public sealed class HardTanh : ElementwiseActivation
{
    /// <summary>Makes the activation.</summary>
    /// <param name="min">m, the least value.</param>
    /// <param name="max">M, the greatest value.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A bound is not finite, or the least is not below the greatest.
    /// </exception>
    public HardTanh(double min = -1, double max = 1)
        : base("HardTanh", new GlorotUniform(), backwardReadsInput: false)
    {
        Min = Require.Finite(min);
        Max = Require.Finite(max);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(min, max);
    }

    /// <summary>m, the least value.</summary>
    public double Min { get; }

    /// <summary>M, the greatest value.</summary>
    public double Max { get; }

    /// <inheritdoc/>
    protected override void Value<T>(ReadOnlySpan<T> z, Span<T> a) =>
        Elementwise.Value(z, a, new Clamp<T>(Min, Max));

    /// <inheritdoc/>
    protected override void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> outputGradient, Span<T> inputGradient) =>
        Elementwise.Gradient(x, outputGradient, inputGradient, new Clamp<T>(Min, Max));
}
