namespace NeuralNet.Kernels;

/// <summary>
/// Moves the elements of an array of several dimensions to where they stand once its axes are in another order.
/// </summary>
internal sealed class AxisPermutation
{
    private readonly Axis[] _axes;

    /// <summary>Takes the sizes and the order.</summary>
    /// <param name="sizes">The sizes of the axes before, the slowest first.</param>
    /// <param name="order">The axes before in the order of those after, counted from 0.</param>
    public AxisPermutation(IReadOnlyList<int> sizes, IReadOnlyList<int> order)
    {
        int[] before = new int[order.Count];
        int[] after = new int[order.Count];
        (int elementsBefore, int elementsAfter) = (1, 1);
        for (int k = order.Count - 1; k >= 0; k--)
        {
            before[k] = elementsBefore;
            after[order[k]] = elementsAfter;
            elementsBefore *= sizes[k];
            elementsAfter *= sizes[order[k]];
        }

        // In any order of the loops the result is the same; the longest axis along which one side lies densely is the
        // innermost, for long loops.
        _axes =
        [
            .. Enumerable.Range(0, order.Count).Select(axis => new Axis(sizes[axis], before[axis], after[axis]))
                .OrderBy(axis => axis.Before == 1 || axis.After == 1 ? axis.Size : 0),
        ];
    }

    /// <summary>Writes the elements of an array in the order after, given those in the order before.</summary>
    public void Apply<T>(ReadOnlySpan<T> before, Span<T> after) => Move(_axes, before, after);

    /// <summary>Writes the elements of an array in the order before, given those in the order after.</summary>
    public void Invert<T>(ReadOnlySpan<T> after, Span<T> before)
    {
        Span<Axis> axes = stackalloc Axis[_axes.Length];
        for (int k = 0; k < axes.Length; k++)
        {
            axes[k] = new(_axes[k].Size, _axes[k].After, _axes[k].Before);
        }

        Move(axes, after, before);
    }

    private static void Move<T>(ReadOnlySpan<Axis> axes, ReadOnlySpan<T> source, Span<T> target)
    {
        Axis axis = axes[0];
        ReadOnlySpan<Axis> inner = axes[1..];
        for (int i = 0; i < axis.Size; i++)
        {
            if (inner.IsEmpty)
            {
                target[i * axis.After] = source[i * axis.Before];
            }
            else
            {
                Move(inner, source[(i * axis.Before)..], target[(i * axis.After)..]);
            }
        }
    }

    /// <summary>An axis: its size, and the distance of its elements before and after.</summary>
    private readonly record struct Axis(int Size, int Before, int After);
}
