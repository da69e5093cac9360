using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>Square of the rectifier: σ(z) = z² for z &gt; 0, else 0; σ'(z) = 2z for z &gt; 0, else 0.</summary>
/// <remarks>
/// So, Mańke, Liu, Dai, Shazeer and Le, "Primer: searching for efficient transformers for language modeling" (2021).
/// Initial weights are those of ReLU.
/// </remarks>
public sealed class SquaredReLU() : ElementwiseActivation("SquaredReLU", new HeNormal(), backwardReadsInput: true)
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
        // NaN is not at most 0, so it stays.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> z) =>
            Vector.ConditionalSelect(Vector.LessThanOrEqual(z, Vector<T>.Zero), Vector<T>.Zero, z * z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> z, Vector<T> outputGradient) =>
            Vector.ConditionalSelect(
                Vector.LessThanOrEqual(z, Vector<T>.Zero), Vector<T>.Zero, (z + z) * outputGradient);
    }
}
