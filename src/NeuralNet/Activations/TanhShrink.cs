using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>Tanh shrinkage: σ(z) = z − tanh z; σ'(z) = tanh² z.</summary>
/// <remarks>PyTorch's <c>Tanhshrink</c>: smooth, about z³/3 near 0 and z ∓ 1 far from it.</remarks>
public sealed class TanhShrink() : ElementwiseActivation("TanhShrink", new GlorotUniform(), backwardReadsInput: true)
{
    // Below, z and tanh z have their leading digits in common, which their difference would lose.
    private const double Near = 2;

    // The last denominator of the continued fraction; what follows it is below 10⁻¹⁷ of the result.
    private const int Depth = 27;

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
            // tanh z = z / (1 + q) with q = z² / (3 + z² / (5 + z² / (7 + …))), so z − tanh z = z·q / (1 + q).
            Vector<T> inner = VectorMath.Clamp(z, -Near, Near);
            Vector<T> square = inner * inner;
            Vector<T> denominator = VectorMath.Constant<T>(Depth);
            for (int n = Depth - 2; n > 1; n -= 2)
            {
                denominator = VectorMath.Constant<T>(n) + (square / denominator);
            }

            Vector<T> q = square / denominator;
            return Vector.ConditionalSelect(
                Vector.LessThanOrEqual(Vector.Abs(z), VectorMath.Constant<T>(Near)),
                inner * (q / (Vector<T>.One + q)),
                z - VectorMath.Tanh(z));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> z, Vector<T> outputGradient)
        {
            Vector<T> tanh = VectorMath.Tanh(z);
            return outputGradient * (tanh * tanh);
        }
    }
}
