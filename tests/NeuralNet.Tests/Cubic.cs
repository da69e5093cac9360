using NeuralNet.Activations;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Tests;

/// <summary>σ(z) = z³, σ'(z) = 3z²: an activation whose backward pass reads z.</summary>
internal sealed class Cubic : IActivation
{
    public string Name => "Cubic";

    public bool BackwardReadsInput => true;

    public OutputKind OutputKind => OutputKind.Real;

    public IInitializer DefaultInitializer { get; } = new GlorotUniform();

    public void Forward<T>(ReadOnlyMatrixSpan<T> z, MatrixSpan<T> a)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        for (int i = 0; i < z.Values.Length; i++)
        {
            a.Values[i] = z.Values[i] * z.Values[i] * z.Values[i];
        }
    }

    public void Backward<T>(
        ReadOnlyMatrixSpan<T> z,
        ReadOnlyMatrixSpan<T> a,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        for (int i = 0; i < z.Values.Length; i++)
        {
            inputGradient.Values[i] = outputGradient.Values[i] * T.CreateChecked(3) * z.Values[i] * z.Values[i];
        }
    }
}
