using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>Hard shrinkage: σ(z) = z for |z| &gt; λ, else 0; σ'(z) = 1 for |z| &gt; λ, else 0.</summary>
/// <remarks>
/// Donoho and Johnstone, "Ideal spatial adaptation by wavelet shrinkage" (1994): small coefficients are taken for
/// noise. PyTorch's <c>Hardshrink</c> with its default. It jumps at ±λ; <see cref="SoftShrink"/> does not.
/// </remarks>
public sealed class HardShrink : ElementwiseActivation
{
    /// <summary>Makes the activation.</summary>
    /// <param name="threshold">λ, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is negative or not finite.</exception>
    public HardShrink(double threshold = 0.5)
        : base("HardShrink", new GlorotUniform(), backwardReadsInput: true) =>
        Threshold = Require.NotNegative(threshold);

    /// <summary>λ, up to which all magnitudes become 0.</summary>
    public double Threshold { get; }

    /// <inheritdoc/>
    protected override void Value<T>(ReadOnlySpan<T> z, Span<T> a) =>
        Elementwise.Value(z, a, new Function<T>(Threshold));

    /// <inheritdoc/>
    protected override void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> outputGradient, Span<T> inputGradient) =>
        Elementwise.Gradient(x, outputGradient, inputGradient, new Function<T>(Threshold));

    private readonly struct Function<T>(double threshold) : IDifferentiable<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _threshold = VectorMath.Constant<T>(threshold);

        // NaN is not at most the threshold, so it stays.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> z) =>
            Vector.ConditionalSelect(Vector.LessThanOrEqual(Vector.Abs(z), _threshold), Vector<T>.Zero, z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> z, Vector<T> outputGradient) =>
            Vector.ConditionalSelect(Vector.LessThanOrEqual(Vector.Abs(z), _threshold), Vector<T>.Zero, outputGradient);
    }
}
