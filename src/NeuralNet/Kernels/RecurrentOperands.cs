using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Kernels;

/// <summary>The sizes of a recurrent layer's computation on a batch, and where its numbers lie.</summary>
/// <remarks>
/// Blocks of every step have a column for each step of each sample, sample after sample; blocks of the batch a column
/// for each sample. A step of padding, behind the end of a shorter sequence, is none.
/// </remarks>
internal unsafe struct RecurrentOperands<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Number of steps of the longest sequences.</summary>
    public int Steps;

    /// <summary>Number of sequences.</summary>
    public int Samples;

    /// <summary>Number of units: the length of h.</summary>
    public int Units;

    /// <summary>Whether sequences are read from their last step to their first.</summary>
    public bool IsReversed;

    /// <summary>Number of steps of each sample; null if all have all.</summary>
    public T* Lengths;

    /// <summary>U, gates · units × units.</summary>
    public T* Weights;

    /// <summary>b, an element per gate and unit; forward only.</summary>
    public T* InputBiases;

    /// <summary>c, an element per gate and unit; forward only.</summary>
    public T* RecurrentBiases;

    /// <summary>h that all sequences begin with; null for 0.</summary>
    public T* InitialHidden;

    /// <summary>The cell state that all sequences begin with; null for 0.</summary>
    public T* InitialCell;

    /// <summary>W·x of every step, overwritten with the gates, and by the backward pass with ∂L/∂(W·x).</summary>
    public T* Gates;

    /// <summary>What the cell keeps of every step for the backward pass; null in prediction.</summary>
    public T* Kept;

    /// <summary>h of every step; null if it is not wanted.</summary>
    public T* Hidden;

    /// <summary>h after the last step of each sequence; null if it is not wanted.</summary>
    public T* LastHidden;

    /// <summary>Room for packed weights.</summary>
    public T* Packed;

    /// <summary>Scratch of the batch, gates · units: U·h, or ∂L/∂(U·h + c).</summary>
    public T* Products;

    /// <summary>
    /// Distance from one column of <see cref="Products"/> to the next: more than their length, so that the columns of a
    /// tile do not share the same places of the cache.
    /// </summary>
    public int ProductStep;

    /// <summary>Scratch of the batch, units: h, or ∂L/∂h.</summary>
    public T* States;

    /// <summary>Scratch of the batch, units: the cell state, or ∂L/∂c.</summary>
    public T* CellStates;

    /// <summary>Scratch of the batch, units: the operand of a second phase's product, or its gradient.</summary>
    public T* OperandStates;

    /// <summary>Factors of h wherever it is multiplied by U, of the batch, units; null for none.</summary>
    public T* Mask;

    /// <summary>Scratch of the batch, units: h times the factors, or ∂L/∂ of that; null where there are none.</summary>
    public T* MaskedStates;

    /// <summary>∂L/∂h of every step, or of the last; backward only.</summary>
    public T* OutputGradient;

    /// <summary>Whether that is of every step.</summary>
    public bool HasGradientOfEveryStep;

    /// <summary>h of the step before, of every step; backward only.</summary>
    public T* PreviousHidden;

    /// <summary>The operand of a second phase's product, of every step; backward only.</summary>
    public T* SecondOperand;

    /// <summary>∂L/∂(U·h + c) of every step, where it differs from ∂L/∂(W·x + b); backward only.</summary>
    public T* RecurrentGradient;

    /// <summary>
    /// Number of steps after which the gradient is cut off, so that none reaches the steps before; 0 for never.
    /// </summary>
    public int GradientSteps;

    /// <summary>Number of steps of a sample.</summary>
    public readonly int LengthOf(int sample) => Lengths == null ? Steps : int.CreateTruncating(Lengths[sample]);

    /// <summary>
    /// The column, in blocks of every step, of the step that is computed as number <paramref name="index"/>.
    /// </summary>
    public readonly nint Column(int sample, int index) =>
        ((nint)sample * Steps) + (IsReversed ? LengthOf(sample) - 1 - index : index);

    /// <summary>
    /// h of some samples as it is multiplied by U: as it is, or times the factors, in a place of its own.
    /// </summary>
    public readonly T* Masked(T* states, int first, int count)
    {
        nint start = (nint)first * Units;
        if (Mask == null)
        {
            return states + start;
        }

        Multiply(states + start, MaskedStates + start, first, count);
        return MaskedStates + start;
    }

    /// <summary>Multiplies numbers of some samples by the factors, where there are any.</summary>
    public readonly void Multiply(T* values, T* result, int first, int count)
    {
        if (Mask != null)
        {
            int length = count * Units;
            TensorPrimitives.Multiply(
                new ReadOnlySpan<T>(values, length),
                new ReadOnlySpan<T>(Mask + ((nint)first * Units), length),
                new Span<T>(result, length));
        }
    }

    /// <summary>Number of steps of the longest of some samples.</summary>
    public readonly int Longest(int first, int count)
    {
        int longest = Lengths == null ? Steps : 0;
        for (int n = first; Lengths != null && n < first + count; n++)
        {
            longest = Math.Max(longest, LengthOf(n));
        }

        return longest;
    }
}
