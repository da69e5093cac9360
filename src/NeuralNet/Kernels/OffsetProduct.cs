using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// The product C = or += A·B on the calling thread, where the columns of B and C are found by tables of offsets. It is
/// computed panel by panel (a few vectors of rows) in register tiles.
/// </summary>
/// <remarks>
/// The depth is divided into blocks by its length alone, so an element of C is always the sum of the same blocks in the
/// same order, whichever rows and columns are computed together.
/// </remarks>
internal static unsafe class OffsetProduct<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // A panel of 4 vectors is at most 96 KB, which stays in a second-level cache beside the columns of B.
    private const int MaxBlockDepth = 384;

    /// <summary>Computes the product.</summary>
    /// <param name="a">The left factor, whose rows are contiguous.</param>
    /// <param name="aEnd">The end of the memory that A may be read from, at least the end of A.</param>
    /// <param name="b">The right factor, as deep as A.</param>
    /// <param name="c">The element that the offsets of C count from.</param>
    /// <param name="cOffsets">The offset of the first row of each column in C.</param>
    /// <param name="addend">A column to add to every column of the product; null for none.</param>
    /// <param name="accumulate">True to add the product to C; false to overwrite it with product and addend.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        in Factor<T> a, T* aEnd, in OffsetFactor<T> b, T* c, int* cOffsets, T* addend, bool accumulate)
    {
        if (a.Depth == 0)
        {
            Clear(a.Lines, b.Columns, c, cOffsets, accumulate);
            return;
        }

        int vectors = ((a.Lines - 1) / TSimd.Count) + 1;
        Partition panels = Partition.OfAtMost(OffsetTile<TSimd, TVector, T>.MaxVectors, vectors);
        Partition blocks = Partition.OfAtMost(MaxBlockDepth, a.Depth);
        for (int block = 0; block < blocks.Parts; block++)
        {
            for (int panel = 0; panel < panels.Parts; panel++)
            {
                int row = panels.Start(panel) * TSimd.Count;
                int rows = Math.Min(panels.Size(panel) * TSimd.Count, a.Lines - row);

                OffsetOperands<T> operands = default;
                operands.Vectors = panels.Size(panel);
                operands.RowsInLastVector = rows - ((operands.Vectors - 1) * TSimd.Count);
                operands.Depth = blocks.Size(block);
                operands.A = a.At(row, blocks.Start(block));
                operands.AStep = a.DepthStep;
                operands.B = b.Origin;
                operands.BDepths = b.DepthOffsets + blocks.Start(block);
                operands.C = c + row;
                operands.Addend = addend == null ? null : addend + row;
                operands.Accumulate = accumulate || block > 0;

                T* end = operands.A + ((operands.Depth - 1) * operands.AStep) + (operands.Vectors * TSimd.Count);
                if (end <= aEnd)
                {
                    MultiplyTiles(ref operands, b, cOffsets);
                }
                else
                {
                    MultiplyPacked(ref operands, rows, b, cOffsets);
                }
            }
        }
    }

    // Goes through the tiles from left to right. Tiles are as equal as possible, which keeps more sums in flight.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTiles(ref OffsetOperands<T> operands, in OffsetFactor<T> b, int* cOffsets)
    {
        int most = OffsetTile<TSimd, TVector, T>.MaxColumns(operands.Vectors);
        Partition tiles = Partition.OfAtMost(most, b.Columns);
        for (int tile = 0; tile < tiles.Parts; tile++)
        {
            operands.BColumns = b.ColumnOffsets + tiles.Start(tile);
            operands.CColumns = cOffsets + tiles.Start(tile);
            OffsetTile<TSimd, TVector, T>.Multiply(operands, tiles.Size(tile));
        }
    }

    // The last rows of A would be read beyond the end of its memory, so the panel is copied to where there is room.
    private static void MultiplyPacked(ref OffsetOperands<T> operands, int rows, in OffsetFactor<T> b, int* cOffsets)
    {
        int step = operands.Vectors * TSimd.Count;
        T[] array = ArrayPool<T>.Shared.Rent(step * operands.Depth);
        fixed (T* packed = array)
        {
            // Old contents of the memory might be denormal numbers, which are slow on some processors.
            new Span<T>(packed, step * operands.Depth).Clear();
            StripPacker.Pack(new Factor<T>(operands.A, rows, operands.Depth, 1, operands.AStep), packed, step);
            operands.A = packed;
            operands.AStep = step;
            MultiplyTiles(ref operands, b, cOffsets);
        }

        ArrayPool<T>.Shared.Return(array);
    }

    private static void Clear(int rows, int columns, T* c, int* cOffsets, bool accumulate)
    {
        for (int j = 0; j < columns && !accumulate; j++)
        {
            new Span<T>(c + cOffsets[j], rows).Clear();
        }
    }
}
