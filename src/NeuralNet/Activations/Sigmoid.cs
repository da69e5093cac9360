using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Activations;

/// <summary>Logistic sigmoid: σ(z) = 1 / (1 + e⁻ᶻ); σ'(z) = a(1 − a).</summary>
public sealed class Sigmoid : IActivation
{
    /// <inheritdoc/>
    public string Name => "Sigmoid";

    /// <inheritdoc/>
    public bool BackwardReadsInput => false;

    /// <inheritdoc/>
    public OutputKind OutputKind => OutputKind.Probability;

    /// <inheritdoc/>
    public IInitializer DefaultInitializer { get; } = new GlorotUniform();

    /// <inheritdoc/>
    public void Forward<T>(ReadOnlyMatrixSpan<T> z, MatrixSpan<T> a)
        where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Sigmoid(z.Values, a.Values);

    /// <inheritdoc/>
    public void Backward<T>(
        ReadOnlyMatrixSpan<T> z,
        ReadOnlyMatrixSpan<T> a,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Elementwise.Map(a.Values, outputGradient.Values, inputGradient.Values, default(Gradient<T>));

    private readonly struct Gradient<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> a, Vector<T> outputGradient) =>
            outputGradient * (a * (Vector<T>.One - a));
    }
}
