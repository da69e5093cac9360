using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>
/// Logarithm of the logistic sigmoid: σ(z) = log(1 / (1 + e⁻ᶻ)) = min(z, 0) − log(1 + e^−|z|); σ'(z) = 1 − eᵃ.
/// </summary>
/// <remarks>Finite and exact where log after sigmoid would overflow or take the logarithm of 0.</remarks>
public sealed class LogSigmoid()
    : ElementwiseActivation("LogSigmoid", new GlorotUniform(), backwardReadsInput: false, OutputKind.LogProbability)
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
        public Vector<T> Value(Vector<T> z) => -VectorMath.Softplus(-z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> a, Vector<T> outputGradient) => outputGradient * -VectorMath.Expm1(a);
    }
}
