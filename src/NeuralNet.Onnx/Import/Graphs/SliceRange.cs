namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>A range along an axis, forwards or backwards, as the operator Slice has it.</summary>
/// <param name="Axis">The axis, counted from the end if it is below 0.</param>
/// <param name="Start">The first place, counted from the end if it is below 0.</param>
/// <param name="End">The first place that is not in the range any more, likewise.</param>
/// <param name="Step">The distance from one place to the next; below 0 for backwards.</param>
internal readonly record struct SliceRange(long Axis, long Start, long End, long Step)
{
    /// <summary>The places in an axis of a size.</summary>
    public int[] Places(int size)
    {
        long first = Math.Clamp(Start < 0 ? Start + size : Start, Step < 0 ? -1 : 0, Step < 0 ? size - 1 : size);
        long end = Math.Clamp(End < 0 ? End + size : End, -1, size);
        var places = new List<int>();
        for (long place = first; Step > 0 ? place < end : place > end; place += Step)
        {
            places.Add((int)place);
        }

        return [.. places];
    }
}
