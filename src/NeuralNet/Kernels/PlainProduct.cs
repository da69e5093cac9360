using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>
/// The products of <see cref="MatrixProduct"/> and <see cref="OffsetProduct{TSimd, TVector, T}"/> in plain loops, on
/// the calling thread; see <see cref="PlainKernels"/>.
/// </summary>
/// <remarks>
/// Each element is summed up in the same order as with vectors of 128 bits there, so it has the same bits as on a
/// processor with such vectors and no multiply-add. Rows are done in strips of two vectors or one, columns by fours.
/// </remarks>
internal static unsafe class PlainProduct<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // That of the other kernels, on which the order of summation depends.
    private const int MaxBlockDepth = 384;

    // The rows of a strip of two vectors of float; those of double have room to spare.
    private const int StripRows = 8;

    /// <summary>Computes C = or += A·B.</summary>
    public static void Multiply(in Factor<T> a, in Factor<T> b, T* c, bool accumulate)
    {
        if (b.Lines == 1)
        {
            PlainVector<T>.Multiply(a, b.Origin, c, accumulate);
            return;
        }

        if (a.Lines == 1)
        {
            PlainVector<T>.Multiply(b, a.Origin, c, accumulate);
            return;
        }

        Partition blocks = Partition.OfAtMost(MaxBlockDepth, a.Depth);
        int* offsets = stackalloc int[blocks.Longest];
        for (int d = 0; d < blocks.Longest; d++)
        {
            offsets[d] = (int)(d * b.DepthStep);
        }

        T* packed = stackalloc T[blocks.Longest * StripRows];
        T* zeros = stackalloc T[StripRows];
        T* sums = stackalloc T[StripRows * PlainTile<T>.Columns];
        new Span<T>(zeros, StripRows).Clear();
        new Span<T>(sums, StripRows * PlainTile<T>.Columns).Clear();
        PlainTile<T> tile = default;
        tile.Offsets = offsets;
        for (int block = 0; block < blocks.Parts; block++)
        {
            tile.Depth = blocks.Size(block);
            for (int row = 0; row < a.Lines;)
            {
                int rows = TakeStrip(a, row, blocks.Start(block), packed, ref tile);
                for (int column = 0; column < b.Lines; column += PlainTile<T>.Columns)
                {
                    int last = Math.Min(PlainTile<T>.Columns, b.Lines - column) - 1;
                    (nint j1, nint j2, nint j3) = (Math.Min(1, last), Math.Min(2, last), Math.Min(3, last));
                    tile.B0 = b.At(column, blocks.Start(block));
                    tile.B1 = tile.B0 + (j1 * b.LineStep);
                    tile.B2 = tile.B0 + (j2 * b.LineStep);
                    tile.B3 = tile.B0 + (j3 * b.LineStep);
                    tile.D0 = c + row + ((nint)column * a.Lines);
                    tile.D1 = tile.D0 + (j1 * a.Lines);
                    tile.D2 = tile.D0 + (j2 * a.Lines);
                    tile.D3 = tile.D0 + (j3 * a.Lines);
                    Run(tile, last + 1, rows, accumulate || block > 0, zeros, sums);
                }

                row += rows;
            }
        }
    }

    /// <summary>Computes the product whose columns are found by tables of offsets.</summary>
    /// <param name="a">The left factor, whose rows are contiguous.</param>
    /// <param name="b">The right factor, as deep as A.</param>
    /// <param name="c">The element that the offsets of C count from.</param>
    /// <param name="cOffsets">The offset of the first row of each column in C.</param>
    /// <param name="addend">A column to add to every column of the product; null for none.</param>
    /// <param name="accumulate">True to add the product to C; false to overwrite it with product and addend.</param>
    public static void Multiply(
        in Factor<T> a, in OffsetFactor<T> b, T* c, int* cOffsets, T* addend, bool accumulate)
    {
        Partition blocks = Partition.OfAtMost(MaxBlockDepth, a.Depth);
        T* packed = stackalloc T[blocks.Longest * StripRows];
        T* start = stackalloc T[StripRows];
        T* sums = stackalloc T[StripRows * PlainTile<T>.Columns];
        new Span<T>(sums, StripRows * PlainTile<T>.Columns).Clear();
        PlainTile<T> tile = default;
        for (int block = 0; block < blocks.Parts; block++)
        {
            tile.Depth = blocks.Size(block);
            tile.Offsets = b.DepthOffsets + blocks.Start(block);
            for (int row = 0; row < a.Lines;)
            {
                int rows = TakeStrip(a, row, blocks.Start(block), packed, ref tile);
                new Span<T>(start, StripRows).Clear();
                if (addend != null)
                {
                    Copy(addend + row, start, rows);
                }

                for (int column = 0; column < b.Columns; column += PlainTile<T>.Columns)
                {
                    int last = Math.Min(PlainTile<T>.Columns, b.Columns - column) - 1;
                    (int j1, int j2, int j3) = (Math.Min(1, last), Math.Min(2, last), Math.Min(3, last));
                    int* from = b.ColumnOffsets + column;
                    int* to = cOffsets + column;
                    tile.B0 = b.Origin + from[0];
                    tile.B1 = b.Origin + from[j1];
                    tile.B2 = b.Origin + from[j2];
                    tile.B3 = b.Origin + from[j3];
                    tile.D0 = c + row + to[0];
                    tile.D1 = c + row + to[j1];
                    tile.D2 = c + row + to[j2];
                    tile.D3 = c + row + to[j3];
                    Run(tile, last + 1, rows, accumulate || block > 0, start, sums);
                }

                row += rows;
            }
        }
    }

    // Computes some columns of a tile, the sums of which are added to C or to a start. What is no part of C, columns and
    // rows beyond its end, goes to the memory for sums.
    private static void Run(PlainTile<T> tile, int columns, int rows, bool adds, T* start, T* sums)
    {
        T* d0 = tile.D0, d1 = tile.D1, d2 = tile.D2, d3 = tile.D3;
        bool isWhole = rows % Vector128<T>.Count == 0;
        tile.D0 = isWhole ? d0 : sums;
        tile.D1 = isWhole && columns > 1 ? d1 : sums + StripRows;
        tile.D2 = isWhole && columns > 2 ? d2 : sums + (2 * StripRows);
        tile.D3 = isWhole && columns > 3 ? d3 : sums + (3 * StripRows);
        if (!isWhole && adds)
        {
            Copy(d0, tile.D0, rows);
            Copy(d1, tile.D1, rows);
            Copy(d2, tile.D2, rows);
            Copy(d3, tile.D3, rows);
        }

        tile.S0 = adds ? tile.D0 : start;
        tile.S1 = adds ? tile.D1 : start;
        tile.S2 = adds ? tile.D2 : start;
        tile.S3 = adds ? tile.D3 : start;
        if (rows <= Vector128<T>.Count)
        {
            tile.MultiplyOne();
        }
        else
        {
            tile.MultiplyTwo();
        }

        if (!isWhole)
        {
            Copy(tile.D0, d0, rows);
            Copy(tile.D1, d1, columns > 1 ? rows : 0);
            Copy(tile.D2, d2, columns > 2 ? rows : 0);
            Copy(tile.D3, d3, columns > 3 ? rows : 0);
        }
    }

    // Takes up to two vectors of rows and returns their number; those that are no whole vectors, or not contiguous, are
    // copied to where they are.
    private static int TakeStrip(in Factor<T> a, int row, int depth, T* packed, ref PlainTile<T> tile)
    {
        int left = a.Lines - row;
        int count = Vector128<T>.Count;
        int rows = Math.Min(left >= 2 * count ? 2 * count : count, left);
        T* source = a.At(row, depth);
        if (a.LineStep == 1 && rows % count == 0)
        {
            tile.A = source;
            tile.AStep = a.DepthStep;
            return rows;
        }

        int step = rows <= count ? count : 2 * count;
        Pack(source, a.LineStep, a.DepthStep, rows, tile.Depth, packed, step);
        tile.A = packed;
        tile.AStep = step;
        return rows;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack(T* source, nint lineStep, nint depthStep, int rows, int depth, T* target, int step)
    {
        for (int row = 0; row < step; row++)
        {
            T* from = source + (row * lineStep);
            T* to = target + row;
            T* end = to + ((nint)depth * step);
            bool isThere = row < rows;
            for (; to < end; to += step)
            {
                *to = isThere ? *from : default;
                from += isThere ? depthStep : 0;
            }
        }
    }

    private static void Copy(T* source, T* target, int rows)
    {
        for (int i = 0; i < rows; i++)
        {
            target[i] = source[i];
        }
    }
}
