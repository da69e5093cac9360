using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using NeuralNet.Initializers;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>Logistic sigmoid: σ(z) = 1 / (1 + e⁻ᶻ); σ'(z) = a(1 − a).</summary>
public sealed class Sigmoid()
    : ElementwiseActivation("Sigmoid", new GlorotUniform(), backwardReadsInput: false, OutputKind.Probability)
{
    /// <inheritdoc/>
    protected override void Value<T>(ReadOnlySpan<T> z, Span<T> a)
    {
        if (z.Length >= Vector<T>.Count)
        {
            TensorPrimitives.Sigmoid(z, a);
            return;
        }

        // It would compute fewer elements one by one, which rounds differently.
        Span<T> padded = stackalloc T[Vector<T>.Count];
        padded.Clear();
        z.CopyTo(padded);
        TensorPrimitives.Sigmoid(padded, padded);
        padded[..z.Length].CopyTo(a);
    }

    /// <inheritdoc/>
    protected override void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> outputGradient, Span<T> inputGradient) =>
        Elementwise.Map(x, outputGradient, inputGradient, default(Derivative<T>));

    private readonly struct Derivative<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> a, Vector<T> outputGradient) => outputGradient * (a * (Vector<T>.One - a));
    }
}
