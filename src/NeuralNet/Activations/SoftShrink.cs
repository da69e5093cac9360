using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>
/// Soft shrinkage: σ(z) = z − λ for z &gt; λ, z + λ for z &lt; −λ, else 0; σ'(z) = 1 for |z| &gt; λ, else 0.
/// </summary>
/// <remarks>
/// Donoho and Johnstone, "Ideal spatial adaptation by wavelet shrinkage" (1994): the step of an L1 penalty, as in
/// learned sparse coding. PyTorch's <c>Softshrink</c> with its default.
/// </remarks>
public sealed class SoftShrink : ElementwiseActivation
{
    /// <summary>Makes the activation.</summary>
    /// <param name="threshold">λ, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is negative or not finite.</exception>
    public SoftShrink(double threshold = 0.5)
        : base("SoftShrink", new GlorotUniform(), backwardReadsInput: true) =>
        Threshold = Require.NotNegative(threshold);

    /// <summary>λ, by which all magnitudes become less, down to 0.</summary>
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

        // z less the part of it between the thresholds; of NaN, NaN.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> z)
        {
            Vector<T> above = Vector.ConditionalSelect(Vector.GreaterThan(z, _threshold), z - _threshold, z - z);
            return Vector.ConditionalSelect(Vector.LessThan(z, -_threshold), z + _threshold, above);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> z, Vector<T> outputGradient) =>
            Vector.ConditionalSelect(Vector.LessThanOrEqual(Vector.Abs(z), _threshold), Vector<T>.Zero, outputGradient);
    }
}
