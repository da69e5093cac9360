using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>
/// Sigmoid linear unit, also called swish: σ(z) = z·s(z) with the logistic sigmoid s(z) = 1 / (1 + e⁻ᶻ);
/// σ'(z) = s(z)(1 + z(1 − s(z))).
/// </summary>
/// <remarks>
/// Elfwing, Uchibe and Doya, "Sigmoid-weighted linear units for neural network function approximation in reinforcement
/// learning" (2017). At −∞ value and derivative are their limit 0, at ∞ the derivative is its limit 1; PyTorch gives
/// NaN.
/// </remarks>
public sealed class SiLU() : ElementwiseActivation("SiLU", new HeNormal(), backwardReadsInput: true)
{
    // s(−1000) is 0 in float and in double: so a smaller z changes nothing, and −∞ · 0 does not occur.
    private const double Limit = 1000;

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
        public Vector<T> Value(Vector<T> z) => VectorMath.AtLeast(z, -Limit) * VectorMath.Sigmoid(z).Sigmoid;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> z, Vector<T> outputGradient)
        {
            Vector<T> inner = VectorMath.Clamp(z, -Limit, Limit);
            (Vector<T> s, Vector<T> complement) = VectorMath.Sigmoid(inner);
            return outputGradient * (s * (Vector<T>.One + (inner * complement)));
        }
    }
}
