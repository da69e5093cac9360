using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>A matrix within a longer run of memory: where it begins, and its sides.</summary>
internal readonly record struct MemoryBlock(long Start, int Rows, int Columns)
{
    public MatrixSpan<T> In<T>(Span<T> memory)
        where T : unmanaged, IFloatingPointIeee754<T> => new(memory.Slice((int)Start, Rows * Columns), Rows, Columns);
}
