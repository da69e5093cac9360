using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Decisions;
using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>
/// Cross-entropy between a target distribution t and the outputs o, which are probabilities of classes:
/// L = −Σᵢ uᵢ log oᵢ, ∂L/∂oᵢ = −uᵢ / oᵢ, with uᵢ = wᵢ ((1 − s) tᵢ + (s/c) Σⱼ tⱼ) for label smoothing s, class weights w
/// and c classes; u = t by default.
/// </summary>
/// <remarks>
/// <para>The last layer ends in <c>Softmax</c>. To train, prefer no activation and
/// <see cref="SoftmaxCrossEntropy"/>: it is the same mathematics, faster, and exact where this one must be cut
/// off.</para>
/// <para>As Keras's <c>CategoricalCrossentropy</c>, which divides the outputs by their sum first and clamps them to at
/// least 10⁻⁷; here logarithms are at least −100 and the denominator of the derivative is at least 10⁻¹², as in
/// <see cref="BinaryCrossEntropy"/>. PyTorch has no such loss. A negative output gives NaN.</para>
/// </remarks>
public sealed class CategoricalCrossEntropy : ILoss
{
    private const double LeastLog = -100;
    private const double LeastDenominator = 1e-12;

    private readonly WeightList? _weights;

    /// <summary>Makes the loss.</summary>
    /// <param name="labelSmoothing">s, the share of each target that is spread evenly over all classes.</param>
    /// <param name="classWeights">w, a weight per class; all 1 if null.</param>
    /// <exception cref="ArgumentException">The list of weights is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The smoothing is negative, 1 or more, or NaN; or a weight is negative or not finite.
    /// </exception>
    public CategoricalCrossEntropy(double labelSmoothing = 0, IReadOnlyList<double>? classWeights = null)
    {
        LabelSmoothing = Require.Fraction(labelSmoothing);
        _weights = WeightList.From(classWeights);
    }

    /// <summary>s, the share of each target that is spread evenly over all classes.</summary>
    public double LabelSmoothing { get; }

    /// <summary>w, a weight per class; null if all are 1.</summary>
    public IReadOnlyList<double>? ClassWeights => _weights?.Values;

    /// <inheritdoc/>
    public string Name => "categorical cross-entropy";

    /// <inheritdoc/>
    public LossInput Input => LossInput.Probabilities;

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
        ReadOnlySpan<T> weights = _weights is null ? default : _weights.For<T>(this, outputs.Rows);
        T leastLog = T.CreateChecked(LeastLog);
        T leastDenominator = T.CreateChecked(LeastDenominator);
        T kept = T.CreateChecked(1 - LabelSmoothing);
        T spread = T.CreateChecked(LabelSmoothing / outputs.Rows);
        for (int j = 0; j < outputs.Columns; j++)
        {
            ReadOnlySpan<T> o = outputs.Column(j);
            ReadOnlySpan<T> t = targets.Column(j);
            Span<T> d = gradient.Column(j);
            TensorPrimitives.Multiply(t, kept, d);
            TensorPrimitives.Add(d, spread * LaneSums.Sum<T>(t), d);
            if (!weights.IsEmpty)
            {
                TensorPrimitives.Multiply(d, weights, d);
            }

            T loss = T.Zero;
            for (int i = 0; i < o.Length; i++)
            {
                // Max hands NaN on.
                loss -= d[i] * T.Max(T.Log(o[i]), leastLog);
                d[i] = -d[i] / T.Max(o[i], leastDenominator);
            }

            losses[j] = loss;
        }
    }
}
