using System.Numerics;
using NeuralNet.Kernels;

namespace NeuralNet.Backpropagation;

/// <summary>
/// Searches several arrays for NaN and infinity, in parts: each part takes its share of every array and, if it finds
/// one, sets the first element of <paramref name="found"/>. Of sparse matrices, it looks at the columns that differ
/// from 0.
/// </summary>
internal readonly struct FiniteJob<T>(T[][] arrays, ColumnSet?[] columns, bool[] found, int parts) : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public void Execute(int part)
    {
        for (int i = 0; i < arrays.Length; i++)
        {
            if (!IsFinite(arrays[i], columns[i], part))
            {
                Volatile.Write(ref found[0], true);
                return;
            }
        }
    }

    private bool IsFinite(T[] array, ColumnSet? set, int part)
    {
        if (set is not { IsAll: false })
        {
            var shares = new Partition(array.Length, parts);
            return Finite.All<T>(array.AsSpan(shares.Start(part), shares.Size(part)));
        }

        int rows = array.Length / set.MatrixColumns;
        var shared = new Partition(set.Columns.Length, parts);
        foreach (int column in set.Columns.Slice(shared.Start(part), shared.Size(part)))
        {
            if (!Finite.All<T>(array.AsSpan(column * rows, rows)))
            {
                return false;
            }
        }

        return true;
    }
}
