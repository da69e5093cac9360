using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Activations;

/// <summary>Rectified linear unit: σ(z) = max(0, z); σ'(z) = 1 for z &gt; 0, else 0.</summary>
public sealed class ReLU : IActivation
{
    /// <inheritdoc/>
    public string Name => "ReLU";

    /// <inheritdoc/>
    public bool BackwardReadsInput => false;

    /// <inheritdoc/>
    public OutputKind OutputKind => OutputKind.Real;

    /// <inheritdoc/>
    public IInitializer DefaultInitializer { get; } = new HeNormal();

    /// <inheritdoc/>
    public void Forward<T>(ReadOnlyMatrixSpan<T> z, MatrixSpan<T> a)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Elementwise.Map(z.Values, a.Values, default(Value<T>));

    /// <inheritdoc/>
    public void Backward<T>(
        ReadOnlyMatrixSpan<T> z,
        ReadOnlyMatrixSpan<T> a,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Elementwise.Map(a.Values, outputGradient.Values, inputGradient.Values, default(Gradient<T>));

    private readonly struct Value<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Vector.Max hands NaN on; a comparison would turn it into 0 and hide it.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> z) => Vector.Max(z, Vector<T>.Zero);
    }

    private readonly struct Gradient<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // a > 0 exactly where z > 0.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> a, Vector<T> outputGradient) =>
            Vector.ConditionalSelect(Vector.GreaterThan(a, Vector<T>.Zero), outputGradient, Vector<T>.Zero);
    }
}
