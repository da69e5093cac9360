using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>Absolute value: σ(z) = |z|; σ'(z) = sign(z), 0 at 0.</summary>
/// <remarks>As in PyTorch, whose <c>abs</c> has the derivative 0 at 0.</remarks>
public sealed class AbsoluteValue()
    : ElementwiseActivation("AbsoluteValue", new GlorotUniform(), backwardReadsInput: true)
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
        public Vector<T> Value(Vector<T> z) => Vector.Abs(z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> z, Vector<T> outputGradient) => Vector.ConditionalSelect(
            Vector.Equals(z, Vector<T>.Zero),
            Vector<T>.Zero,
            Vector.ConditionalSelect(Vector.LessThan(z, Vector<T>.Zero), -outputGradient, outputGradient));
    }
}
