using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>Smooth rectifier: σ(z) = log(1 + e^(βz)) / β; σ'(z) = 1 / (1 + e^(−βz)) = 1 − e^(−βa).</summary>
/// <remarks>
/// Dugas, Bengio, Bélisle, Nadeau and Garcia, "Incorporating second-order functional knowledge for better option
/// pricing" (2000). Computed as (max(βz, 0) + log(1 + e^−|βz|)) / β, exactly for every z: PyTorch's <c>threshold</c>,
/// above which it takes σ(z) for z, is not needed.
/// </remarks>
public sealed class Softplus : ElementwiseActivation
{
    /// <summary>Makes the activation.</summary>
    /// <param name="beta">β, 1 as in PyTorch: the larger, the closer to ReLU.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="beta"/> is not a finite number above 0.
    /// </exception>
    public Softplus(double beta = 1)
        : base("Softplus", new HeNormal(), backwardReadsInput: false)
    {
        Beta = Require.Positive(beta);
    }

    /// <summary>β: the larger, the closer to ReLU.</summary>
    public double Beta { get; }

    /// <inheritdoc/>
    protected override void Value<T>(ReadOnlySpan<T> z, Span<T> a) =>
        Elementwise.Value(z, a, new Function<T>(Beta));

    /// <inheritdoc/>
    protected override void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> outputGradient, Span<T> inputGradient) =>
        Elementwise.Gradient(x, outputGradient, inputGradient, new Function<T>(Beta));

    private readonly struct Function<T>(double beta) : IDifferentiable<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _beta = VectorMath.Constant<T>(beta);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> z) => VectorMath.Softplus(_beta * z) / _beta;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> a, Vector<T> outputGradient) =>
            outputGradient * -VectorMath.Expm1(-_beta * a);
    }
}
