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
            WriteEmpty(a.Lines, b.Columns, c, cOffsets, addend, accumulate);
            return;
        }

        if (PlainKernels.AreUsed)
        {
            PlainProduct<T>.Multiply(a, b, c, cOffsets, addend, accumulate);
            return;
        }

        T* start = stackalloc T[OffsetTile<TSimd, TVector, T>.MaxVectors * TSimd.Count];
        int vectors = ((a.Lines - 1) / TSimd.Count) + 1;
        Partition panels = Partition.OfAtMost(OffsetTile<TSimd, TVector, T>.MaxVectors, vectors);
        Partition blocks = Partition.OfAtMost(MaxBlockDepth, a.Depth);
        for (int block = 0; block < blocks.Parts; block++)
        {
            bool adds = accumulate || block > 0;
            for (int panel = 0; panel < panels.Parts; panel++)
            {
                int row = panels.Start(panel) * TSimd.Count;
                int rows = Math.Min(panels.Size(panel) * TSimd.Count, a.Lines - row);
                SetStart(start, adds || addend == null ? null : addend + row, rows);

                OffsetOperands<T> operands = default;
                operands.Vectors = panels.Size(panel);
                operands.Depth = blocks.Size(block);
                operands.A = a.At(row, blocks.Start(block));
                operands.AStep = a.DepthStep;
                operands.B = b.Origin;
                operands.BDepths = b.DepthOffsets + blocks.Start(block);
                operands.Start = start;

                T* end = operands.A + ((operands.Depth - 1) * operands.AStep) + (operands.Vectors * TSimd.Count);
                if (end <= aEnd)
                {
                    MultiplyTiles(ref operands, b, c + row, cOffsets, rows, adds);
                }
                else
                {
                    MultiplyPacked(ref operands, b, c + row, cOffsets, rows, adds);
                }
            }
        }
    }

    /// <summary>Makes a column of whole vectors: the addend, or zeros where there is none.</summary>
    private static void SetStart(T* start, T* addend, int rows)
    {
        var column = new Span<T>(start, OffsetTile<TSimd, TVector, T>.MaxVectors * TSimd.Count);
        column.Clear();
        if (addend != null)
        {
            new ReadOnlySpan<T>(addend, rows).CopyTo(column);
        }
    }

    // The last rows of A would be read beyond the end of its memory, so the panel is copied to where there is room.
    private static void MultiplyPacked(
        ref OffsetOperands<T> operands, in OffsetFactor<T> b, T* c, int* cOffsets, int rows, bool adds)
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
            MultiplyTiles(ref operands, b, c, cOffsets, rows, adds);
        }

        ArrayPool<T>.Shared.Return(array);
    }

    // Goes through the tiles from left to right. Tiles are as equal as possible, which keeps more sums in flight.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTiles(
        ref OffsetOperands<T> operands, in OffsetFactor<T> b, T* c, int* cOffsets, int rows, bool adds)
    {
        int most = OffsetTile<TSimd, TVector, T>.MaxColumns(operands.Vectors);
        int step = operands.Vectors * TSimd.Count;
        int* sameColumn = stackalloc int[most];
        int* ownColumns = stackalloc int[most];
        T* sums = stackalloc T[most * step];
        for (int j = 0; j < most; j++)
        {
            (sameColumn[j], ownColumns[j]) = (0, j * step);
        }

        T* start = operands.Start;
        bool isWhole = rows == step;
        Partition tiles = Partition.OfAtMost(most, b.Columns);
        for (int tile = 0; tile < tiles.Parts; tile++)
        {
            int* targets = cOffsets + tiles.Start(tile);
            operands.BColumns = b.ColumnOffsets + tiles.Start(tile);
            operands.C = isWhole ? c : sums;
            operands.CColumns = isWhole ? targets : ownColumns;
            if (!isWhole && adds)
            {
                // As in a whole panel: the sum goes on from C, or rows would be rounded by the panel they are in.
                Read(c, targets, sums, step, tiles.Size(tile), rows);
            }

            operands.Start = !adds ? start : isWhole ? c : sums;
            operands.StartColumns = !adds ? sameColumn : isWhole ? targets : ownColumns;
            OffsetTile<TSimd, TVector, T>.Multiply(operands, tiles.Size(tile));
            if (!isWhole)
            {
                Write(sums, step, c, targets, tiles.Size(tile), rows);
            }
        }
    }

    /// <summary>Reads the first rows of a tile from C; the others are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Read(T* c, int* cOffsets, T* sums, int step, int columns, int rows)
    {
        for (int j = 0; j < columns; j++)
        {
            T* source = c + cOffsets[j];
            T* target = sums + (j * step);
            for (int i = 0; i < step; i += TSimd.Count)
            {
                int rest = rows - i;
                TSimd.Store(
                    target + i,
                    rest >= TSimd.Count ? TSimd.Load(source + i)
                    : rest > 0 ? TSimd.LoadPartial(source + i, rest)
                    : default);
            }
        }
    }

    /// <summary>Overwrites C with the first rows of a tile's sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Write(T* sums, int step, T* c, int* cOffsets, int columns, int rows)
    {
        for (int j = 0; j < columns; j++)
        {
            T* target = c + cOffsets[j];
            for (int i = 0; i < rows; i += TSimd.Count)
            {
                TVector sum = TSimd.Load(sums + i);
                int rest = rows - i;
                if (rest >= TSimd.Count)
                {
                    TSimd.Store(target + i, sum);
                }
                else
                {
                    TSimd.StorePartial(target + i, sum, rest);
                }
            }

            sums += step;
        }
    }

    /// <summary>Writes the sums of no products.</summary>
    private static void WriteEmpty(int rows, int columns, T* c, int* cOffsets, T* addend, bool accumulate)
    {
        for (int j = 0; j < columns && !accumulate; j++)
        {
            var column = new Span<T>(c + cOffsets[j], rows);
            if (addend == null)
            {
                column.Clear();
            }
            else
            {
                new ReadOnlySpan<T>(addend, rows).CopyTo(column);
            }
        }
    }
}
