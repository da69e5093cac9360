using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>Leaky rectified linear unit: σ(z) = z for z &gt; 0, else s·z; σ'(z) = 1 for z &gt; 0, else s.</summary>
/// <remarks>Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network acoustic models" (2013).</remarks>
public sealed class LeakyReLU : ElementwiseActivation
{
    /// <summary>Makes the activation.</summary>
    /// <param name="slope">
    /// s, the slope for negative inputs: 0.01 as in PyTorch (Keras: 0.3 as a layer, 0.2 as a function).
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is negative, 1 or more, or NaN.</exception>
    public LeakyReLU(double slope = 0.01)
        : base("LeakyReLU", new HeNormal(Checked(slope)), backwardReadsInput: false) => Slope = slope;

    /// <summary>s, the slope for negative inputs.</summary>
    public double Slope { get; }

    /// <inheritdoc/>
    protected override void Value<T>(ReadOnlySpan<T> z, Span<T> a) =>
        Elementwise.Value(z, a, new Function<T>(Slope));

    /// <inheritdoc/>
    protected override void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> outputGradient, Span<T> inputGradient) =>
        Elementwise.Gradient(x, outputGradient, inputGradient, new Function<T>(Slope));

    private static double Checked(double slope)
    {
        Require.Fraction(slope);
        return slope;
    }

    private readonly struct Function<T>(double slope) : IDifferentiable<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _slope = VectorMath.Constant<T>(slope);

        // As 0 ≤ s < 1, the larger of the two is right on both sides of zero.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> z) => Vector.Max(z, _slope * z);

        // a > 0 exactly where z > 0.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gradient(Vector<T> a, Vector<T> outputGradient) =>
            Vector.ConditionalSelect(Vector.GreaterThan(a, Vector<T>.Zero), outputGradient, _slope * outputGradient);
    }
}
