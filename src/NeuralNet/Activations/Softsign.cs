using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>Softsign: σ(z) = z / (1 + |z|); σ'(z) = 1 / (1 + |z|)².</summary>
/// <remarks>
/// Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010). It tends to
/// ±1 like tanh, but much more slowly.
/// </remarks>
public sealed class Softsign() : ElementwiseActivation("Softsign", new GlorotUniform(), backwardReadsInput: true)
{
    // 2⁶⁰ + 1 is 2⁶⁰ in float and in double: beyond that, σ(z) is ±1, and ∞ / ∞ does not occur.
    private const double Limit = 1L << 60;

    /// <inheritdoc/>
    protected override void Value<T>(ReadOnlySpan<T> z, Span<T> a) =>
        Elementwise.Value(z, a, default(Function<T>));

    /// <inheritdoc/>
    protected override void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> outputGradient, Span<T> inputGradient) =>
        Elementwise.Gradient(x, outputGradient, inputGradient, default(Function<T>));

    private readonly struct Function<T> : IDifferentiable<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> z)
        {
            Vector<T> inner = VectorMath.Clamp(z, -Limit, Limit);
            return inner / (Vector<T>.One + Vector.Abs(inner));
        }

        // Computed from z: 1 − |a| is the same, but for large |z| it loses all its digits.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> z, Vector<T> outputGradient)
        {
            Vector<T> root = Vector<T>.One / (Vector<T>.One + Vector.Abs(z));
            return outputGradient * (root * root);
        }
    }
}
