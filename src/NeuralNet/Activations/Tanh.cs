using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Activations;

/// <summary>Hyperbolic tangent: σ(z) = tanh z; σ'(z) = 1 − a².</summary>
public sealed class Tanh : IActivation
{
    /// <inheritdoc/>
    public string Name => "Tanh";

    /// <inheritdoc/>
    public bool BackwardReadsInput => false;

    /// <inheritdoc/>
    public OutputKind OutputKind => OutputKind.Real;

    /// <inheritdoc/>
    public IInitializer DefaultInitializer { get; } = new GlorotUniform();

    /// <inheritdoc/>
    public void Forward<T>(ReadOnlyMatrixSpan<T> z, MatrixSpan<T> a)
        where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Tanh(z.Values, a.Values);

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
        // (1 − a)(1 + a) keeps its digits where a is close to ±1; 1 − a² does not.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> a, Vector<T> outputGradient) =>
            outputGradient * ((Vector<T>.One - a) * (Vector<T>.One + a));
    }
}
