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
            foreach ((int start, int length) in WrittenRanges.Of(arrays[i].Length, columns[i], part, parts))
            {
                if (!Finite.All<T>(arrays[i].AsSpan(start, length)))
                {
                    Volatile.Write(ref found[0], true);
                    return;
                }
            }
        }
    }
}
