using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Decisions;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>
/// Negative log-likelihood of a target distribution t, one-hot or not, under outputs o that are logarithms of
/// probabilities: L = −Σᵢ wᵢ tᵢ oᵢ, ∂L/∂oᵢ = −wᵢ tᵢ, with a weight w per class, 1 by default.
/// </summary>
/// <remarks>
/// <para>The last layer ends in <c>LogSoftmax</c>. To train, prefer no activation and
/// <see cref="SoftmaxCrossEntropy"/>: it is the same mathematics, faster.</para>
/// <para>As PyTorch's <c>NLLLoss</c>, which takes the index of the class. With class weights the loss of a batch is
/// still the mean over its samples; PyTorch's <c>reduction="mean"</c> divides by the sum of the weights of the batch's
/// classes instead, so that the weight of a sample depends on the other samples of its batch.</para>
/// </remarks>
public sealed class NegativeLogLikelihood : ILoss
{
    private readonly WeightList? _weights;

    /// <summary>Makes the loss.</summary>
    /// <param name="classWeights">w, a weight per class; all 1 if null.</param>
    /// <exception cref="ArgumentException">The list of weights is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public NegativeLogLikelihood(IReadOnlyList<double>? classWeights = null) =>
        _weights = WeightList.From(classWeights);

    /// <summary>w, a weight per class; null if all are 1.</summary>
    public IReadOnlyList<double>? ClassWeights => _weights?.Values;

    /// <inheritdoc/>
    public string Name => "negative log-likelihood";

    /// <inheritdoc/>
    public LossInput Input => LossInput.LogProbabilities;

    /// <inheritdoc/>
    public OutputMeaning? Meaning => OutputMeaning.Classes;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the outputs, or there are not as many as weights.
    /// </exception>
    public void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        LossShapes.Require(outputs, targets, losses, gradient);
        ReadOnlySpan<T> w = _weights is null ? default : _weights.For<T>(this, outputs.Rows);
        TensorPrimitives.Negate(targets.Values, gradient.Values);
        for (int j = 0; j < outputs.Columns; j++)
        {
            Span<T> d = gradient.Column(j);
            if (!w.IsEmpty)
            {
                TensorPrimitives.Multiply(d, w, d);
            }

            losses[j] = LaneSums.Dot<T>(d, outputs.Column(j));
        }
    }
}
