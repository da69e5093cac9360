using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// The position of a tile and of its operands: C = S + A (rows × depth) · B (depth × columns), where the element of B
/// at depth d in column j is B[BColumns[j] + BDepths[d]], and column j of C begins at C[CColumns[j]].
/// </summary>
internal unsafe struct OffsetOperands<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Height of the tile in vectors, 1 to 4.</summary>
    public int Vectors;

    /// <summary>Number of products per element.</summary>
    public int Depth;

    /// <summary>The first row of A at the first depth. The rows are contiguous and whole vectors readable.</summary>
    public T* A;

    /// <summary>Distance from one depth of A to the next.</summary>
    public nint AStep;

    /// <summary>The element of B that all offsets count from.</summary>
    public T* B;

    /// <summary>The offsets of the tile's columns in B.</summary>
    public int* BColumns;

    /// <summary>The offsets of the depths in B.</summary>
    public int* BDepths;

    /// <summary>The element of C, in the tile's first row, that the offsets of C count from.</summary>
    public T* C;

    /// <summary>The offsets of the tile's columns in C. The rows are contiguous, in whole vectors.</summary>
    public int* CColumns;

    /// <summary>The element of S that its offsets count from; C and S may be the same.</summary>
    public T* Start;

    /// <summary>The offsets of the tile's columns in S. The rows are contiguous.</summary>
    public int* StartColumns;
}
