using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>Rectified linear unit: σ(z) = max(0, z); σ'(z) = 1 for z &gt; 0, else 0.</summary>
/// <remarks>Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines" (2010).</remarks>
public sealed class ReLU() : ElementwiseActivation("ReLU", new HeNormal(), backwardReadsInput: false)
{
    /// <inheritdoc/>
    protected override void Value<T>(ReadOnlySpan<T> z, Span<T> a) =>
        Elementwise.Value(z, a, default(Function<T>));

    /// <inheritdoc/>
    protected override void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> outputGradient, Span<T> inputGradient) =>
        Elementwise.Gradient(x, outputGradient, inputGradient, default(Function<T>));

    private readonly struct Function<T> : IDifferentiable<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Vector.Max propagates NaN; a comparison would turn it into 0 and hide it.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> z) => Vector.Max(z, Vector<T>.Zero);

        // a > 0 exactly where z > 0.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> a, Vector<T> outputGradient) =>
            Vector.ConditionalSelect(Vector.GreaterThan(a, Vector<T>.Zero), outputGradient, Vector<T>.Zero);
    }
}
