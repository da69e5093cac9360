using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>Logistic sigmoid: σ(z) = 1 / (1 + e⁻ᶻ); σ'(z) = a(1 − a).</summary>
public sealed class Sigmoid()
    : ElementwiseActivation("Sigmoid", new GlorotUniform(), backwardReadsInput: false, OutputKind.Probability)
{
    /// <inheritdoc/>
    protected override void Value<T>(ReadOnlySpan<T> z, Span<T> a) => Elementwise.Map(z, a, default(Function<T>));

    /// <inheritdoc/>
    protected override void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> outputGradient, Span<T> inputGradient) =>
        Elementwise.Map(x, outputGradient, inputGradient, default(Derivative<T>));

    private readonly struct Function<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> z) => VectorMath.Sigmoid(z).Sigmoid;
    }

    private readonly struct Derivative<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> a, Vector<T> outputGradient) => outputGradient * (a * (Vector<T>.One - a));
    }
}
