using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Activations;

/// <summary>Logarithm of softmax over the features of a sample: aᵢ = log(eᶻⁱ / Σⱼ eᶻʲ) = zᵢ − log Σⱼ eᶻʲ.</summary>
/// <remarks>
/// The largest zⱼ is subtracted first, which changes nothing and never overflows, so no logarithm is taken of a
/// probability that has rounded to 0. The Jacobian is ∂aᵢ/∂zⱼ = δᵢⱼ − eᵃʲ, hence ∂L/∂z = ∂L/∂a − eᵃ Σᵢ ∂L/∂aᵢ. To train
/// a classifier, prefer an output layer without activation and <c>SoftmaxCrossEntropy</c>: it is the same mathematics,
/// faster.
/// </remarks>
public sealed class LogSoftmax : IActivation
{
    /// <inheritdoc/>
    public string Name => "LogSoftmax";

    /// <inheritdoc/>
    public bool BackwardReadsInput => false;

    /// <inheritdoc/>
    public OutputKind OutputKind => OutputKind.LogDistribution;

    /// <inheritdoc/>
    public IInitializer DefaultInitializer { get; } = new GlorotUniform();

    /// <inheritdoc/>
    public void Forward<T>(ReadOnlyMatrixSpan<T> z, MatrixSpan<T> a)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < z.Columns; j++)
        {
            ReadOnlySpan<T> logits = z.Column(j);
            Span<T> result = a.Column(j);
            TensorPrimitives.Subtract(logits, TensorPrimitives.Max(logits), result);
            TensorPrimitives.Subtract(result, T.Log(Elementwise.SumOfExponentials<T>(result)), result);
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
            ReadOnlySpan<T> gradient = outputGradient.Column(j);
            var jacobian = new Jacobian<T>(LaneSums.Sum<T>(gradient));
            Elementwise.Map(a.Column(j), gradient, inputGradient.Column(j), jacobian);
        }
    }

    private readonly struct Jacobian<T>(T gradientSum) : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _gradientSum = new(gradientSum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> a, Vector<T> outputGradient) =>
            outputGradient - (VectorMath.Exp(a) * _gradientSum);
    }
}
