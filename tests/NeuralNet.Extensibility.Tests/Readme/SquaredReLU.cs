using NeuralNet.Activations;
using NeuralNet.Initializers;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>σ(z) = max(0, z)², σ'(z) = 2·max(0, z).</summary>
public sealed class SquaredReLU() : ElementwiseActivation("SquaredReLU", new HeNormal(), backwardReadsInput: true)
{
    protected override void Value<T>(ReadOnlySpan<T> z, Span<T> a)
    {
        for (int i = 0; i < z.Length; i++)
        {
            a[i] = T.Max(T.Zero, z[i]) * T.Max(T.Zero, z[i]);
        }
    }

    protected override void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> outputGradient, Span<T> inputGradient)
    {
        for (int i = 0; i < x.Length; i++)
        {
            inputGradient[i] = outputGradient[i] * T.CreateChecked(2) * T.Max(T.Zero, x[i]);
        }
    }
}
