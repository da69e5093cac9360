using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>
/// Gaussian error linear unit: σ(z) = z·Φ(z) with the standard normal distribution function Φ; σ'(z) = Φ(z) + z·φ(z)
/// with its density φ.
/// </summary>
/// <remarks>
/// Hendrycks and Gimpel, "Gaussian error linear units" (2016). If asked for, Φ(z) is approximated, as in GPT-2 and
/// BERT, by ½(1 + tanh u) with u = √(2/π)(z + 0.044715z³), which is 1 / (1 + e⁻²ᵘ): PyTorch's
/// <c>approximate='tanh'</c>. Exact is the default in PyTorch and of Keras's activation, too; JAX approximates by
/// default. At ±∞ value and derivative are their limits.
/// </remarks>
public sealed class GELU : ElementwiseActivation
{
    // Φ(−64), exact or approximated, is 0 in float and in double, so a smaller z changes nothing, and −∞ · 0 does not
    // occur.
    private const double Limit = 64;

    /// <summary>Makes the activation.</summary>
    /// <param name="tanhApproximation">
    /// True to approximate Φ by tanh; false by default, as in PyTorch and Keras.
    /// </param>
    public GELU(bool tanhApproximation = false)
        : base("GELU", new HeNormal(), backwardReadsInput: true) => TanhApproximation = tanhApproximation;

    /// <summary>True if Φ is approximated by tanh.</summary>
    public bool TanhApproximation { get; }

    /// <inheritdoc/>
    protected override void Value<T>(ReadOnlySpan<T> z, Span<T> a)
    {
        if (TanhApproximation)
        {
            Elementwise.Value(z, a, default(Approximate<T>));
        }
        else
        {
            Elementwise.Value(z, a, default(Exact<T>));
        }
    }

    /// <inheritdoc/>
    protected override void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> outputGradient, Span<T> inputGradient)
    {
        if (TanhApproximation)
        {
            Elementwise.Gradient(x, outputGradient, inputGradient, default(Approximate<T>));
        }
        else
        {
            Elementwise.Gradient(x, outputGradient, inputGradient, default(Exact<T>));
        }
    }

    private readonly struct Exact<T> : IDifferentiable<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> z) =>
            VectorMath.AtLeast(z, -Limit) * NormalDistribution.Evaluate(z).Distribution;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> z, Vector<T> outputGradient)
        {
            (Vector<T> distribution, Vector<T> density) = NormalDistribution.Evaluate(z);
            return outputGradient * (distribution + (VectorMath.Clamp(z, -Limit, Limit) * density));
        }
    }

    private readonly struct Approximate<T> : IDifferentiable<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // 2√(2/π), and that times 0.044715.
        private const double Linear = 1.5957691216057308;
        private const double Cubic = Linear * 0.044715;

        // Φ(z) ≈ s(2u) with the logistic sigmoid s.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> z)
        {
            Vector<T> inner = VectorMath.Clamp(z, -Limit, Limit);
            return VectorMath.AtLeast(z, -Limit) * VectorMath.Sigmoid(inner * Slope(inner * inner, Cubic)).Sigmoid;
        }

        // σ' = s + z·s(1 − s)·(2u)'
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> z, Vector<T> outputGradient)
        {
            Vector<T> inner = VectorMath.Clamp(z, -Limit, Limit);
            Vector<T> square = inner * inner;
            (Vector<T> s, Vector<T> complement) = VectorMath.Sigmoid(inner * Slope(square, Cubic));
            Vector<T> change = inner * complement * Slope(square, 3 * Cubic);
            return outputGradient * (s * (Vector<T>.One + change));
        }

        // 2√(2/π) + c·z²
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector<T> Slope(Vector<T> square, double c) =>
            VectorMath.MultiplyAdd(square, VectorMath.Constant<T>(c), Linear);
    }
}
