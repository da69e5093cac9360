using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>
/// Exponential linear unit: σ(z) = z for z &gt; 0, else α(eᶻ − 1); σ'(z) = 1 for z &gt; 0, else α·eᶻ.
/// </summary>
/// <remarks>Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network learning by ELUs" (2015).</remarks>
public sealed class ELU : ElementwiseActivation
{
    /// <summary>Makes the activation.</summary>
    /// <param name="alpha">α, 1 as in PyTorch and Keras: σ(z) tends to −α as z tends to −∞.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="alpha"/> is not a finite number above 0.
    /// </exception>
    public ELU(double alpha = 1)
        : base("ELU", new HeNormal(), backwardReadsInput: true)
    {
        Alpha = Require.Positive(alpha);
    }

    /// <summary>α: σ(z) tends to −α as z tends to −∞.</summary>
    public double Alpha { get; }

    /// <inheritdoc/>
    protected override void Value<T>(ReadOnlySpan<T> z, Span<T> a) =>
        Elementwise.Value(z, a, new Function<T>(Alpha));

    /// <inheritdoc/>
    protected override void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> outputGradient, Span<T> inputGradient) =>
        Elementwise.Gradient(x, outputGradient, inputGradient, new Function<T>(Alpha));

    private readonly struct Function<T>(double alpha) : IDifferentiable<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _alpha = VectorMath.Constant<T>(alpha);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> z) =>
            Vector.ConditionalSelect(
                Vector.GreaterThan(z, Vector<T>.Zero), z, _alpha * VectorMath.Expm1(VectorMath.AtMost(z, 0)));

        // a + α is the same, but for large negative z it loses all its digits.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> z, Vector<T> outputGradient) =>
            outputGradient * Vector.ConditionalSelect(
                Vector.GreaterThan(z, Vector<T>.Zero), Vector<T>.One, _alpha * VectorMath.Exp(VectorMath.AtMost(z, 0)));
    }
}
