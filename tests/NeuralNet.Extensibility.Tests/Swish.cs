using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Activations;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Extensibility.Tests;

/// <summary>An activation of one's own: σ(z) = z·s(z) with the sigmoid s; σ'(z) = s(z)·(1 + z·(1 − s(z))).</summary>
internal sealed class Swish : IActivation
{
    public string Name => "Swish";

    public bool BackwardReadsInput => true;

    public OutputKind OutputKind => OutputKind.Real;

    public IInitializer DefaultInitializer { get; } = new HeNormal();

    public void Forward<T>(ReadOnlyMatrixSpan<T> z, MatrixSpan<T> a)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TensorPrimitives.Sigmoid(z.Values, a.Values);
        TensorPrimitives.Multiply(a.Values, z.Values, a.Values);
    }

    public void Backward<T>(
        ReadOnlyMatrixSpan<T> z, ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> outputGradient, MatrixSpan<T> inputGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < z.Values.Length; i++)
        {
            T s = T.One / (T.One + T.Exp(-z.Values[i]));
            inputGradient.Values[i] = outputGradient.Values[i] * s * (T.One + (z.Values[i] * (T.One - s)));
        }
    }
}
