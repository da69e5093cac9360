using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>The place of a matrix within a longer array: its first element and its sides.</summary>
internal readonly record struct MemoryBlock(long Start, int Rows, int Columns)
{
    public MatrixSpan<T> In<T>(Span<T> memory)
        where T : unmanaged, IFloatingPointIeee754<T> => new(memory.Slice((int)Start, Rows * Columns), Rows, Columns);
}
