using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>σ(z) = z / (1 + |z|), σ'(z) = 1 / (1 + |z|)².</summary>
public sealed class Softsign : IActivation
{
    public string Name => "Softsign";

    public bool BackwardReadsInput => true;     // σ' is computed from z, so z is kept for the backward pass

    public OutputKind OutputKind => OutputKind.Real;

    public IInitializer DefaultInitializer { get; } = new GlorotUniform();

    public void Forward<T>(ReadOnlyMatrixSpan<T> z, MatrixSpan<T> a)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < z.Values.Length; i++)
        {
            a.Values[i] = z.Values[i] / (T.One + T.Abs(z.Values[i]));
        }
    }

    public void Backward<T>(
        ReadOnlyMatrixSpan<T> z, ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> outputGradient, MatrixSpan<T> inputGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < z.Values.Length; i++)
        {
            T d = T.One + T.Abs(z.Values[i]);
            inputGradient.Values[i] = outputGradient.Values[i] / (d * d);
        }
    }
}
