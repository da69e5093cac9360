using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>
/// Mish: σ(z) = z·t(z) with t(z) = tanh(log(1 + eᶻ)); σ'(z) = t(z) + z(1 − t(z)²) / (1 + e⁻ᶻ).
/// </summary>
/// <remarks>
/// Misra, "Mish: a self regularized non-monotonic activation function" (2019). With w = eᶻ and n = w(w + 2), t is
/// n / (n + 2) and the second term of σ' is 4zw(1 + w) / (n + 2)²: one exponential in all. At ±∞ value and derivative
/// are their limits.
/// </remarks>
public sealed class Mish() : ElementwiseActivation("Mish", new HeNormal(), backwardReadsInput: true)
{
    // t(−1000) is 0 and t(24) is 1, in float and in double: so values of z beyond those change nothing, and nothing
    // overflows.
    private const double Least = -1000;
    private const double Greatest = 24;

    /// <inheritdoc/>
    protected override void Value<T>(ReadOnlySpan<T> z, Span<T> a) =>
        Elementwise.Value(z, a, default(Function<T>));

    /// <inheritdoc/>
    protected override void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> outputGradient, Span<T> inputGradient) =>
        Elementwise.Gradient(x, outputGradient, inputGradient, default(Function<T>));

    private readonly struct Function<T> : IDifferentiable<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static Vector<T> Two => VectorMath.Constant<T>(2);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> z)
        {
            Vector<T> w = VectorMath.Exp(VectorMath.AtMost(z, Greatest));
            Vector<T> n = w * (w + Two);
            return Vector.Max(z, VectorMath.Constant<T>(Least)) * (n / (n + Two));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> z, Vector<T> outputGradient)
        {
            Vector<T> inner = VectorMath.Clamp(z, Least, Greatest);
            Vector<T> w = VectorMath.Exp(inner);
            Vector<T> n = w * (w + Two);
            Vector<T> t = n / (n + Two);
            Vector<T> rest = VectorMath.Constant<T>(4) * inner * w / (n + Two) * ((Vector<T>.One + w) / (n + Two));
            return outputGradient * (t + rest);
        }
    }
}
