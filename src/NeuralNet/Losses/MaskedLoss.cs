using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Decisions;
using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>
/// A loss L of those targets alone that are known: one that is equal to a number, the mask, is not, and its output has
/// neither a loss nor a gradient.
/// </summary>
/// <remarks>
/// <para>
/// Of a loss that looks at each output by itself, an <see cref="ElementwiseLoss"/> such as
/// <see cref="SigmoidCrossEntropy"/>, any targets of a sample may be unknown, and the mean is over its known ones. Of
/// classes, and of any other loss, all targets of a sample are or none is; a sample of which a part is, is refused. A
/// sample of which nothing is known has the loss 0. It is a sample all the same, so the mean over a batch is not over
/// the known ones, as with PyTorch's <c>ignore_index</c>: no sample weighs more because of the others in its batch.
/// </para>
/// <para>
/// Metrics of a training or an evaluation leave out what the loss does. The mask is a number that no target has:
/// transform targets first, and put the mask in afterwards. For classes, <c>OneHot.Encode</c> has an argument for it.
/// </para>
/// </remarks>
/// <example><code>
/// // Labels of 0 and 1, and −1 where nobody knows.
/// var loss = new SigmoidCrossEntropy().Masked(-1);
/// </code></example>
public sealed class MaskedLoss : ILoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="loss">L.</param>
    /// <param name="mask">The number in the place of a target that is not known.</param>
    /// <exception cref="ArgumentException">L is that of several outputs, or has a mask already.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The mask is not finite.</exception>
    public MaskedLoss(ILoss loss, double mask)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss is LossPerOutput or LossPerStep or MaskedLoss)
        {
            throw new ArgumentException(
                $"The loss '{loss.Name}' is made of others: give the mask to the loss within it, as in "
                + $"new {nameof(SoftmaxCrossEntropy)}().Masked(-1).PerStep(20).",
                nameof(loss));
        }

        Loss = loss;
        Mask = Require.Finite(mask);
    }

    /// <summary>L, the loss of known targets.</summary>
    public ILoss Loss { get; }

    /// <summary>The number in the place of a target that is not known.</summary>
    public double Mask { get; }

    /// <inheritdoc/>
    public string Name => Loss.Name;

    /// <inheritdoc/>
    public LossInput Input => Loss.Input;

    /// <inheritdoc/>
    public OutputMeaning? Meaning => Loss.Meaning;

    /// <inheritdoc/>
    public bool ReadsTargets => Loss.ReadsTargets;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the outputs, or of a sample that is known as a whole or not, a part is.
    /// </exception>
    public void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T mask = T.CreateChecked(Mask);
        if (Loss is ElementwiseLoss { Meaning: not OutputMeaning.Classes } each)
        {
            each.Compute(outputs, targets, losses, gradient, mask);
            return;
        }

        LossShapes.Require(outputs, targets, losses, gradient);
        for (int start = 0; start < outputs.Columns;)
        {
            bool isKnown = IsKnown(targets, start, mask);
            int end = start + 1;
            while (end < outputs.Columns && IsKnown(targets, end, mask) == isKnown)
            {
                end++;
            }

            int count = end - start;
            ReadOnlyMatrixSpan<T> o = outputs.ColumnRange(start, count);
            Span<T> own = losses.Slice(start, count);
            MatrixSpan<T> slopes = gradient.ColumnRange(start, count);
            if (isKnown)
            {
                Loss.Compute(o, targets.ColumnRange(start, count), own, slopes);
            }
            else
            {
                // 0, or NaN where an output is.
                TensorPrimitives.Subtract(o.Values, o.Values, slopes.Values);
                for (int j = 0; j < count; j++)
                {
                    own[j] = LaneSums.Sum<T>(slopes.Column(j));
                }
            }

            start = end;
        }
    }

    /// <summary>Whether any of the targets of a sample is known.</summary>
    internal bool KnowsAny<T>(ReadOnlySpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T> => targets.ContainsAnyExcept(T.CreateChecked(Mask));

    private bool IsKnown<T>(ReadOnlyMatrixSpan<T> targets, int sample, T mask)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int masked = targets.Column(sample).Count(mask);
        return masked == 0 || (masked == targets.Rows
            ? false
            : throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The loss '{Name}' needs all targets of a sample or none, but {masked} of the {targets.Rows} of "
                    + $"sample {sample} are {Mask}, which says that they are not known."),
                nameof(targets)));
    }
}
