using NeuralNet.Activations;
using NeuralNet.Initializers;

namespace NeuralNet.Onnx.Tests.Export;

/// <summary>σ(z) = sin z: an activation of someone else's.</summary>
internal sealed class Sine() : ElementwiseActivation("Sine", new GlorotUniform(), backwardReadsInput: true)
{
    protected override void Value<T>(ReadOnlySpan<T> z, Span<T> a)
    {
        for (int i = 0; i < z.Length; i++)
        {
            a[i] = T.Sin(z[i]);
        }
    }

    protected override void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> outputGradient, Span<T> inputGradient)
    {
        for (int i = 0; i < x.Length; i++)
        {
            inputGradient[i] = outputGradient[i] * T.Cos(x[i]);
        }
    }
}
