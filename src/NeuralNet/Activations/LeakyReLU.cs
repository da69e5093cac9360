using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Activations;

/// <summary>Leaky rectified linear unit: σ(z) = z for z &gt; 0, else s·z; σ'(z) = 1 for z &gt; 0, else s.</summary>
/// <remarks>Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network acoustic models" (2013).</remarks>
public sealed class LeakyReLU : IActivation
{
    /// <summary>Makes the activation.</summary>
    /// <param name="slope">s, the slope for negative inputs: 0.01 as in PyTorch (Keras: 0.3).</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is negative, 1 or more, or NaN.</exception>
    public LeakyReLU(double slope = 0.01)
    {
        Require.Fraction(slope);
        Slope = slope;
        DefaultInitializer = new HeNormal(slope);
    }

    /// <summary>s, the slope for negative inputs.</summary>
    public double Slope { get; }

    /// <inheritdoc/>
    public string Name => "LeakyReLU";

    /// <inheritdoc/>
    public bool BackwardReadsInput => false;

    /// <inheritdoc/>
    public OutputKind OutputKind => OutputKind.Real;

    /// <inheritdoc/>
    public IInitializer DefaultInitializer { get; }

    /// <inheritdoc/>
    public void Forward<T>(ReadOnlyMatrixSpan<T> z, MatrixSpan<T> a)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Elementwise.Map(z.Values, a.Values, new Value<T>(T.CreateChecked(Slope)));

    /// <inheritdoc/>
    public void Backward<T>(
        ReadOnlyMatrixSpan<T> z,
        ReadOnlyMatrixSpan<T> a,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Elementwise.Map(
            a.Values, outputGradient.Values, inputGradient.Values, new Gradient<T>(T.CreateChecked(Slope)));

    private readonly struct Value<T>(T slope) : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _slope = new(slope);

        // As 0 ≤ s < 1, the larger of the two is the right one on either side of zero.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> z) => Vector.Max(z, _slope * z);
    }

    private readonly struct Gradient<T>(T slope) : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _slope = new(slope);

        // a > 0 exactly where z > 0.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> a, Vector<T> outputGradient) =>
            Vector.ConditionalSelect(
                Vector.GreaterThan(a, Vector<T>.Zero), outputGradient, _slope * outputGradient);
    }
}
