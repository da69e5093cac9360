using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Activations;

/// <summary>
/// Softmax over the features of a sample: aᵢ = eᶻⁱ / Σⱼ eᶻʲ, so that a sample's activations are positive and sum to 1.
/// </summary>
/// <remarks>
/// The largest zⱼ is subtracted first, which changes nothing and never overflows. The Jacobian is
/// ∂aᵢ/∂zⱼ = aᵢ(δᵢⱼ − aⱼ), hence ∂L/∂z = a ⊙ (∂L/∂a − aᵀ ∂L/∂a). To train a classifier, prefer an output layer without
/// activation and <c>SoftmaxCrossEntropy</c>: it is the same mathematics, faster and more exact.
/// </remarks>
public sealed class Softmax : IActivation
{
    /// <inheritdoc/>
    public string Name => "Softmax";

    /// <inheritdoc/>
    public bool BackwardReadsInput => false;

    /// <inheritdoc/>
    public OutputKind OutputKind => OutputKind.Distribution;

    /// <inheritdoc/>
    public IInitializer DefaultInitializer { get; } = new GlorotUniform();

    /// <inheritdoc/>
    public void Forward<T>(ReadOnlyMatrixSpan<T> z, MatrixSpan<T> a)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < z.Columns; j++)
        {
            ReadOnlySpan<T> logits = z.Column(j);
            Span<T> probabilities = a.Column(j);
            TensorPrimitives.Subtract(logits, TensorPrimitives.Max(logits), probabilities);
            Exponentials.Compute<T>(probabilities, probabilities);
            TensorPrimitives.Divide(probabilities, LaneSums.Sum<T>(probabilities), probabilities);
        }
    }

    /// <inheritdoc/>
    public void Backward<T>(
        ReadOnlyMatrixSpan<T> z,
        ReadOnlyMatrixSpan<T> a,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < a.Columns; j++)
        {
            T mean = LaneSums.Dot<T>(a.Column(j), outputGradient.Column(j));
            TensorPrimitives.Subtract(outputGradient.Column(j), mean, inputGradient.Column(j));
            TensorPrimitives.Multiply(a.Column(j), inputGradient.Column(j), inputGradient.Column(j));
        }
    }
}
