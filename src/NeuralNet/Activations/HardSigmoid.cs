using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>
/// Logistic sigmoid in three straight pieces: σ(z) = min(max(0, z + 3), 6) / 6; σ'(z) = 1/6 for −3 &lt; z &lt; 3, else
/// 0.
/// </summary>
/// <remarks>
/// As PyTorch's <c>Hardsigmoid</c> and Keras 3's; in Keras 2 the slope was 1/5. Howard et al., "Searching for
/// MobileNetV3" (2019), section 5.2.
/// </remarks>
public sealed class HardSigmoid()
    : ElementwiseActivation("HardSigmoid", new GlorotUniform(), backwardReadsInput: false, OutputKind.Probability)
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
        public Vector<T> Value(Vector<T> z) =>
            VectorMath.Clamp(z + VectorMath.Constant<T>(3), 0, 6) / VectorMath.Constant<T>(6);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> a, Vector<T> outputGradient)
        {
            Vector<T> inside = Vector.BitwiseAnd(
                Vector.GreaterThan(a, Vector<T>.Zero), Vector.LessThan(a, Vector<T>.One));
            return Vector.ConditionalSelect(inside, outputGradient / VectorMath.Constant<T>(6), Vector<T>.Zero);
        }
    }
}
