using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// The position of a register tile and of its operands: C = or += A (rows × depth) · B (depth × columns).
/// </summary>
internal unsafe struct TileOperands<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Height of the tile in vectors, 1 to 3.</summary>
    public int Vectors;

    /// <summary>Number of rows of the last of these vectors in C, from 1 to a whole vector.</summary>
    public int RowsInLastVector;

    /// <summary>Number of products per element.</summary>
    public int Depth;

    /// <summary>The first row of A at the first depth. The rows are contiguous and whole vectors readable.</summary>
    public T* A;

    /// <summary>Distance from one depth of A to the next.</summary>
    public nint AStep;

    /// <summary>The first column of B at the first depth.</summary>
    public T* B;

    /// <summary>Distance from one depth of B to the next.</summary>
    public nint BStep;

    /// <summary>Distance from one column of B to the next.</summary>
    public nint BColumn;

    /// <summary>The first element of the tile. The rows are contiguous.</summary>
    public T* C;

    /// <summary>Distance from one column of C to the next.</summary>
    public nint CColumn;

    /// <summary>True to add the products to C; false to overwrite it.</summary>
    public bool Accumulate;
}
