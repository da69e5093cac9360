using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>
/// Scaled exponential linear unit: σ(z) = λz for z &gt; 0, else λα(eᶻ − 1); σ'(z) = λ for z &gt; 0, else λα·eᶻ. With
/// λ = 1.0507… and α = 1.6732…, activations of mean 0 and variance 1 stay near both from layer to layer.
/// </summary>
/// <remarks>
/// Klambauer, Unterthiner, Mayr and Hochreiter, "Self-normalizing neural networks" (2017), equation 2; the constants
/// in the precision of its supplement.
/// </remarks>
public sealed class SELU() : ElementwiseActivation("SELU", new LeCunNormal(), backwardReadsInput: true)
{
    private const double Scale = 1.0507009873554804934193349852946;
    private const double ScaledAlpha = Scale * 1.6732632423543772848170429916717;

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
        public Vector<T> Value(Vector<T> z) =>
            Vector.ConditionalSelect(
                Vector.GreaterThan(z, Vector<T>.Zero),
                VectorMath.Constant<T>(Scale) * z,
                VectorMath.Constant<T>(ScaledAlpha) * VectorMath.Expm1(VectorMath.AtMost(z, 0)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> z, Vector<T> outputGradient) =>
            outputGradient * Vector.ConditionalSelect(
                Vector.GreaterThan(z, Vector<T>.Zero),
                VectorMath.Constant<T>(Scale),
                VectorMath.Constant<T>(ScaledAlpha) * VectorMath.Exp(VectorMath.AtMost(z, 0)));
    }
}
