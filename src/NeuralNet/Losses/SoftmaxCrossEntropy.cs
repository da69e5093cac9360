using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Decisions;
using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>
/// Cross-entropy between a target distribution t and the softmax of the outputs z, which are logits:
/// L = −Σᵢ tᵢ log softmax(z)ᵢ = Σᵢ tᵢ (log Σⱼ eᶻʲ − zᵢ), ∂L/∂zᵢ = softmax(z)ᵢ Σⱼ tⱼ − tᵢ.
/// </summary>
/// <remarks>
/// <para>Give the last layer no activation. For one-hot targets the loss is −log of the probability of the right class;
/// other distributions are used unchanged. Computed by log-sum-exp: with m = maxⱼ zⱼ, log Σⱼ eᶻʲ = m + log Σⱼ eᶻʲ⁻ᵐ,
/// which overflows for no z.</para>
/// <para>Label smoothing s and class weights w put wᵢ ((1 − s) tᵢ + (s/c) Σⱼ tⱼ) in place of tᵢ, where c is the number
/// of classes (Szegedy et al., "Rethinking the Inception architecture for computer vision", 2016, section 7). As
/// PyTorch's <c>CrossEntropyLoss</c> on probabilities. With class weights the loss of a batch is still the mean over
/// its samples, as PyTorch's is on probabilities; on indices of classes its <c>reduction="mean"</c> divides by the sum
/// of the weights of the batch's classes instead.</para>
/// </remarks>
public sealed class SoftmaxCrossEntropy : ILoss
{
    // Number of elements whose smoothed and weighted targets are on the stack at a time.
    private const int PieceLength = 256;

    private readonly WeightList? _weights;

    /// <summary>Makes the loss.</summary>
    /// <param name="labelSmoothing">s, the share of each target that is spread evenly over all classes.</param>
    /// <param name="classWeights">w, a weight per class; all 1 if null.</param>
    /// <exception cref="ArgumentException">The list of weights is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The smoothing is negative, 1 or more, or NaN; or a weight is negative or not finite.
    /// </exception>
    public SoftmaxCrossEntropy(double labelSmoothing = 0, IReadOnlyList<double>? classWeights = null)
    {
        LabelSmoothing = Require.Fraction(labelSmoothing);
        _weights = WeightList.From(classWeights);
    }

    /// <summary>s, the share of each target that is spread evenly over all classes.</summary>
    public double LabelSmoothing { get; }

    /// <summary>w, a weight per class; null if all are 1.</summary>
    public IReadOnlyList<double>? ClassWeights => _weights?.Values;

    /// <inheritdoc/>
    public string Name => "softmax cross-entropy";

    /// <inheritdoc/>
    public LossInput Input => LossInput.Logits;

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
        if (LabelSmoothing == 0 && _weights is null)
        {
            ComputePlain(outputs, targets, losses, gradient);
        }
        else
        {
            ComputeAdjusted(outputs, targets, losses, gradient);
        }
    }

    private static void ComputePlain<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < outputs.Columns; j++)
        {
            ReadOnlySpan<T> z = outputs.Column(j);
            ReadOnlySpan<T> t = targets.Column(j);
            Span<T> dz = gradient.Column(j);

            T targetSum = LaneSums.Sum<T>(t);
            TensorPrimitives.Subtract(z, TensorPrimitives.Max(z), dz);
            T shiftedTarget = LaneSums.Dot<T>(t, dz);
            Exponentials.Compute<T>(dz, dz);
            T sum = LaneSums.Sum<T>(dz);
            losses[j] = (targetSum * T.Log(sum)) - shiftedTarget;

            TensorPrimitives.Multiply(dz, targetSum / sum, dz);
            TensorPrimitives.Subtract(dz, t, dz);
        }
    }

    // The same with u, the smoothed and weighted targets, in place of t. They are not stored but computed twice, a
    // piece at a time.
    private void ComputeAdjusted<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int classes = outputs.Rows;
        ReadOnlySpan<T> weights = _weights is null ? default : _weights.For<T>(this, classes);
        T kept = T.CreateChecked(1 - LabelSmoothing);
        T spread = T.CreateChecked(LabelSmoothing / classes);
        Span<T> piece = stackalloc T[PieceLength];

        for (int j = 0; j < outputs.Columns; j++)
        {
            ReadOnlySpan<T> z = outputs.Column(j);
            ReadOnlySpan<T> t = targets.Column(j);
            Span<T> dz = gradient.Column(j);

            T share = spread * LaneSums.Sum<T>(t);
            TensorPrimitives.Subtract(z, TensorPrimitives.Max(z), dz);
            T targetSum = T.Zero;
            T shiftedTarget = T.Zero;
            for (int i = 0; i < classes; i += PieceLength)
            {
                ReadOnlySpan<T> u = Adjust(t, kept, share, weights, i, piece);
                targetSum += LaneSums.Sum<T>(u);
                shiftedTarget += LaneSums.Dot<T>(u, dz.Slice(i, u.Length));
            }

            Exponentials.Compute<T>(dz, dz);
            T sum = LaneSums.Sum<T>(dz);
            losses[j] = (targetSum * T.Log(sum)) - shiftedTarget;

            TensorPrimitives.Multiply(dz, targetSum / sum, dz);
            for (int i = 0; i < classes; i += PieceLength)
            {
                ReadOnlySpan<T> u = Adjust(t, kept, share, weights, i, piece);
                Span<T> part = dz.Slice(i, u.Length);
                TensorPrimitives.Subtract(part, u, part);
            }
        }
    }

    // uᵢ = wᵢ (kept·tᵢ + share) for as many classes, from start on, as u has room for.
    private static ReadOnlySpan<T> Adjust<T>(
        ReadOnlySpan<T> t, T kept, T share, ReadOnlySpan<T> weights, int start, Span<T> room)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> u = room[..Math.Min(room.Length, t.Length - start)];
        TensorPrimitives.Multiply(t.Slice(start, u.Length), kept, u);
        TensorPrimitives.Add(u, share, u);
        if (!weights.IsEmpty)
        {
            TensorPrimitives.Multiply(u, weights.Slice(start, u.Length), u);
        }

        return u;
    }
}
