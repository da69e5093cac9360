using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>Natural logarithm: σ(z) = log z; σ'(z) = 1/z. It is −∞ at 0 and NaN below.</summary>
/// <remarks>For networks from elsewhere that take the logarithm of what they compute; <see cref="LogSoftmax"/> and
/// <see cref="LogSigmoid"/> are exact where a logarithm behind a softmax or a sigmoid is not.</remarks>
public sealed class Logarithm() : ElementwiseActivation("Logarithm", new GlorotUniform(), backwardReadsInput: true)
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
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> z) => VectorMath.Log(z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> z, Vector<T> outputGradient) => outputGradient / z;
    }
}
