using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>
/// The products of <see cref="MatrixProduct"/> and <see cref="OffsetProduct{TSimd, TVector, T}"/> in plain loops, on
/// the calling thread; see <see cref="PlainKernels"/>.
/// </summary>
/// <remarks>
/// Each element is summed up in the same order as with vectors of 128 bits there, so it has the same bits as on a
/// processor with such vectors and no multiply-add.
/// </remarks>
internal static unsafe class PlainProduct<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // That of the other kernels, on which the order of summation depends.
    private const int MaxBlockDepth = 384;

    // The rows of a strip of two vectors of float; those of double have room to spare.
    private const int StripRows = 8;

    // The columns that a strip does at a time, for which there is memory.
    private const int MaxColumns = 64;

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

        int most = Math.Min(MaxColumns, b.Lines);
        int[] rented = ArrayPool<int>.Shared.Rent(a.Depth);
        int* from = stackalloc int[most];
        int* to = stackalloc int[most];
        fixed (int* depths = rented)
        {
            Fill(depths, a.Depth, b.DepthStep);
            Fill(from, most, b.LineStep);
            Fill(to, most, a.Lines);
            for (int column = 0; column < b.Lines; column += most)
            {
                int columns = Math.Min(most, b.Lines - column);
                var part = new OffsetFactor<T>(b.At(column, 0), from, columns, depths);
                Multiply(a, part, c + ((nint)column * a.Lines), to, addend: null, accumulate);
            }
        }

        ArrayPool<int>.Shared.Return(rented);
    }

    /// <summary>Computes the product whose columns are found by tables of offsets.</summary>
    /// <param name="a">The left factor.</param>
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
        T* spare = stackalloc T[StripRows];
        new Span<T>(spare, StripRows).Clear();
        PlainStrip<T> strip = default;
        strip.Spare = spare;
        for (int block = 0; block < blocks.Parts; block++)
        {
            int* depths = b.DepthOffsets + blocks.Start(block);
            strip.Depth = blocks.Size(block);
            for (int row = 0; row < a.Lines;)
            {
                int rows = PlainRows<T>.Take(a, row, blocks.Start(block), packed, ref strip);
                strip.C = c + row;
                strip.Start = null;
                if (!accumulate && block == 0)
                {
                    new Span<T>(start, StripRows).Clear();
                    new Span<T>(addend + row, addend == null ? 0 : rows).CopyTo(new Span<T>(start, StripRows));
                    strip.Start = start;
                }

                for (int column = 0; column < b.Columns; column += MaxColumns)
                {
                    int columns = Math.Min(MaxColumns, b.Columns - column);
                    strip.B = new(b.Origin, b.ColumnOffsets + column, columns, depths);
                    strip.CColumns = cOffsets + column;
                    Run(ref strip, rows);
                }

                row += rows;
            }
        }
    }

    private static void Run(ref PlainStrip<T> strip, int rows)
    {
        if (rows == 2 * Vector128<T>.Count)
        {
            strip.MultiplyTwo();
        }
        else if (rows == Vector128<T>.Count)
        {
            strip.MultiplyOne();
        }
        else
        {
            MultiplyShort(strip, rows);
        }
    }

    // Rows that fill no vector: they are summed up elsewhere, because C has no room for the rest of it.
    private static void MultiplyShort(PlainStrip<T> strip, int rows)
    {
        int count = Vector128<T>.Count;
        int columns = strip.B.Columns;
        T* c = strip.C;
        int* cColumns = strip.CColumns;
        T* sums = stackalloc T[MaxColumns * count];
        int* ownColumns = stackalloc int[MaxColumns];
        Fill(ownColumns, columns, count);
        new Span<T>(sums, columns * count).Clear();
        if (strip.Start == null)
        {
            Copy(c, cColumns, sums, ownColumns, columns, rows);
        }

        strip.C = sums;
        strip.CColumns = ownColumns;
        strip.MultiplyOne();
        Copy(sums, ownColumns, c, cColumns, columns, rows);
    }

    private static void Copy(T* source, int* sourceColumns, T* target, int* targetColumns, int columns, int rows)
    {
        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < rows; i++)
            {
                target[targetColumns[j] + i] = source[sourceColumns[j] + i];
            }
        }
    }

    // 0, step, 2·step, …
    private static void Fill(int* offsets, int count, nint step)
    {
        int offset = 0;
        for (int i = 0; i < count; i++)
        {
            offsets[i] = offset;
            offset += (int)step;
        }
    }
}
