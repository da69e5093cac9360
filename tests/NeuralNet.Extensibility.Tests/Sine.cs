using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Extensibility.Tests;

/// <summary>An activation of one's own, without the library's base class: σ(z) = sin z, σ'(z) = cos z.</summary>
internal sealed class Sine : IActivation
{
    public string Name => "Sine";

    public bool BackwardReadsInput => true;

    public OutputKind OutputKind => OutputKind.Real;

    public IInitializer DefaultInitializer { get; } = new GlorotUniform();

    public void Forward<T>(ReadOnlyMatrixSpan<T> z, MatrixSpan<T> a)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < z.Values.Length; i++)
        {
            a.Values[i] = T.Sin(z.Values[i]);
        }
    }

    public void Backward<T>(
        ReadOnlyMatrixSpan<T> z,
        ReadOnlyMatrixSpan<T> a,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < z.Values.Length; i++)
        {
            inputGradient.Values[i] = outputGradient.Values[i] * T.Cos(z.Values[i]);
        }
    }
}
