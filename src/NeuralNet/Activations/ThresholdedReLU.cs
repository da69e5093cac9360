using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>Thresholded ReLU: σ(z) = z for z &gt; θ, else 0; σ'(z) = 1 for z &gt; θ, else 0.</summary>
/// <remarks>
/// Konda, Memisevic and Krueger, "Zero-bias autoencoders and the benefits of co-adapting features" (2015). Unlike ReLU
/// it jumps, at θ, unless θ is 0.
/// </remarks>
public sealed class ThresholdedReLU : ElementwiseActivation
{
    /// <summary>Makes the activation.</summary>
    /// <param name="threshold">θ, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not finite.</exception>
    public ThresholdedReLU(double threshold = 1)
        : base("ThresholdedReLU", new HeNormal(), backwardReadsInput: true) => Threshold = Require.Finite(threshold);

    /// <summary>θ, up to which all is 0.</summary>
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
            Vector.ConditionalSelect(Vector.LessThanOrEqual(z, _threshold), Vector<T>.Zero, z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> z, Vector<T> outputGradient) =>
            Vector.ConditionalSelect(Vector.LessThanOrEqual(z, _threshold), Vector<T>.Zero, outputGradient);
    }
}
