using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>
/// Piecewise approximation of SiLU: σ(z) = z · min(max(0, z + 3), 6) / 6; σ'(z) = 0 for z ≤ −3, 1 for z ≥ 3, else z/3 +
/// 1/2.
/// </summary>
/// <remarks>
/// Howard et al., "Searching for MobileNetV3" (2019), section 5.2. At the kinks the derivative is that of the outer
/// piece, as in the other piecewise activations; PyTorch takes that of the middle piece at one kink or both, depending
/// on the version.
/// </remarks>
public sealed class HardSwish() : ElementwiseActivation("HardSwish", new HeNormal(), backwardReadsInput: true)
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
        // Below −3 the second factor is 0; the first is bounded there so that −∞ · 0 does not occur.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> z)
        {
            Vector<T> share = VectorMath.Clamp(z + VectorMath.Constant<T>(3), 0, 6) / VectorMath.Constant<T>(6);
            return VectorMath.AtLeast(z, -3) * share;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> z, Vector<T> outputGradient)
        {
            Vector<T> three = VectorMath.Constant<T>(3);
            Vector<T> middle = (z / three) + VectorMath.Constant<T>(0.5);
            Vector<T> derivative = Vector.ConditionalSelect(
                Vector.LessThanOrEqual(z, -three),
                Vector<T>.Zero,
                Vector.ConditionalSelect(Vector.GreaterThanOrEqual(z, three), Vector<T>.One, middle));
            return outputGradient * derivative;
        }
    }
}
