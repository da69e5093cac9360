using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// The right factor of an <see cref="OffsetProduct{TSimd, TVector, T}"/>, read without being gathered: the element at
/// depth d in column j is Origin[ColumnOffsets[j] + DepthOffsets[d]].
/// </summary>
/// <remarks>
/// The patches of an image are such a matrix: the offset of a pixel is the place of its patch in the image, and the
/// offset of a patch element is its place within a patch. Its transpose only swaps the tables.
/// </remarks>
internal readonly unsafe struct OffsetFactor<T>(
    T* origin, int* columnOffsets, int columns, int* depthOffsets)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The element that all offsets count from.</summary>
    public T* Origin { get; } = origin;

    /// <summary>The offset of each column.</summary>
    public int* ColumnOffsets { get; } = columnOffsets;

    /// <summary>Number of columns.</summary>
    public int Columns { get; } = columns;

    /// <summary>The offset of each depth.</summary>
    public int* DepthOffsets { get; } = depthOffsets;
}
