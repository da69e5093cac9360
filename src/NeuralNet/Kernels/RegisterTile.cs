using System.Numerics;
using System.Runtime.CompilerServices;
using static NeuralNet.Kernels.Extent;

namespace NeuralNet.Kernels;

/// <summary>
/// The innermost kernel: a tile of C of up to 3 vectors × 8 columns is summed up in registers over the whole depth.
/// Everything else in this folder only decides which tiles there are and where their operands are.
/// </summary>
/// <remarks>
/// Each element of the tile is the sum of its products in the order of the depth, one multiply-add each, whatever the
/// size of the tile; therefore the division of a matrix into tiles never affects the result.
/// </remarks>
internal static unsafe class RegisterTile<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Computes a tile of <paramref name="columns"/> columns (1 to 8).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in TileOperands<T> operands, int columns)
    {
        switch (operands.Vectors)
        {
            case 1:
                Multiply<One>(operands, columns);
                break;
            case 2:
                Multiply<Two>(operands, columns);
                break;
            default:
                Multiply<Three>(operands, columns);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TVectors>(in TileOperands<T> operands, int columns)
        where TVectors : struct, IExtent
    {
        switch (columns)
        {
            case 1:
                Multiply<TVectors, One>(operands);
                break;
            case 2:
                Multiply<TVectors, Two>(operands);
                break;
            case 3:
                Multiply<TVectors, Three>(operands);
                break;
            case 4:
                Multiply<TVectors, Four>(operands);
                break;
            case 5:
                Multiply<TVectors, Five>(operands);
                break;
            case 6:
                Multiply<TVectors, Six>(operands);
                break;
            case 7:
                Multiply<TVectors, Seven>(operands);
                break;
            default:
                Multiply<TVectors, Eight>(operands);
                break;
        }
    }

    // Compiled once, optimized, at the first call: tiered compilation would run this loop unoptimized for 100 ms. One
    // named accumulator per register, because the JIT keeps locals in registers but not the elements of an array; the
    // conditions on TVectors and TColumns are constants and vanish.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TVectors, TColumns>(in TileOperands<T> operands)
        where TVectors : struct, IExtent
        where TColumns : struct, IExtent
    {
        TVector c00 = default, c10 = default, c20 = default;
        TVector c01 = default, c11 = default, c21 = default;
        TVector c02 = default, c12 = default, c22 = default;
        TVector c03 = default, c13 = default, c23 = default;
        TVector c04 = default, c14 = default, c24 = default;
        TVector c05 = default, c15 = default, c25 = default;
        TVector c06 = default, c16 = default, c26 = default;
        TVector c07 = default, c17 = default, c27 = default;

        T* a = operands.A;
        nint aStep = operands.AStep;

        // Eight columns are addressed by two pointers and three distances, which suits the addressing modes of the
        // processor.
        T* b0 = operands.B;
        nint bStep = operands.BStep;
        nint b1 = operands.BColumn;
        nint b2 = 2 * b1;
        nint b3 = 3 * b1;
        T* b4 = b0 + (4 * b1);

        for (int p = operands.Depth; p > 0; p--)
        {
            TVector a0 = TSimd.Load(a);
            TVector a1 = TVectors.Value > 1 ? TSimd.Load(a + TSimd.Count) : default;
            TVector a2 = TVectors.Value > 2 ? TSimd.Load(a + (2 * TSimd.Count)) : default;

            Accumulate<TVectors>(a0, a1, a2, *b0, ref c00, ref c10, ref c20);

            if (TColumns.Value > 1)
            {
                Accumulate<TVectors>(a0, a1, a2, b0[b1], ref c01, ref c11, ref c21);
            }

            if (TColumns.Value > 2)
            {
                Accumulate<TVectors>(a0, a1, a2, b0[b2], ref c02, ref c12, ref c22);
            }

            if (TColumns.Value > 3)
            {
                Accumulate<TVectors>(a0, a1, a2, b0[b3], ref c03, ref c13, ref c23);
            }

            if (TColumns.Value > 4)
            {
                Accumulate<TVectors>(a0, a1, a2, *b4, ref c04, ref c14, ref c24);
            }

            if (TColumns.Value > 5)
            {
                Accumulate<TVectors>(a0, a1, a2, b4[b1], ref c05, ref c15, ref c25);
            }

            if (TColumns.Value > 6)
            {
                Accumulate<TVectors>(a0, a1, a2, b4[b2], ref c06, ref c16, ref c26);
            }

            if (TColumns.Value > 7)
            {
                Accumulate<TVectors>(a0, a1, a2, b4[b3], ref c07, ref c17, ref c27);
            }

            a += aStep;
            b0 += bStep;
            b4 += bStep;
        }

        T* c = operands.C;
        nint cColumn = operands.CColumn;
        Write<TVectors>(operands, c, c00, c10, c20);

        if (TColumns.Value > 1)
        {
            Write<TVectors>(operands, c + cColumn, c01, c11, c21);
        }

        if (TColumns.Value > 2)
        {
            Write<TVectors>(operands, c + (2 * cColumn), c02, c12, c22);
        }

        if (TColumns.Value > 3)
        {
            Write<TVectors>(operands, c + (3 * cColumn), c03, c13, c23);
        }

        if (TColumns.Value > 4)
        {
            Write<TVectors>(operands, c + (4 * cColumn), c04, c14, c24);
        }

        if (TColumns.Value > 5)
        {
            Write<TVectors>(operands, c + (5 * cColumn), c05, c15, c25);
        }

        if (TColumns.Value > 6)
        {
            Write<TVectors>(operands, c + (6 * cColumn), c06, c16, c26);
        }

        if (TColumns.Value > 7)
        {
            Write<TVectors>(operands, c + (7 * cColumn), c07, c17, c27);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate<TVectors>(
        TVector a0, TVector a1, TVector a2, T b, ref TVector c0, ref TVector c1, ref TVector c2)
        where TVectors : struct, IExtent
    {
        TVector factor = TSimd.Broadcast(b);
        c0 = TSimd.MultiplyAdd(a0, factor, c0);
        if (TVectors.Value > 1)
        {
            c1 = TSimd.MultiplyAdd(a1, factor, c1);
        }

        if (TVectors.Value > 2)
        {
            c2 = TSimd.MultiplyAdd(a2, factor, c2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TVectors>(in TileOperands<T> operands, T* c, TVector c0, TVector c1, TVector c2)
        where TVectors : struct, IExtent
    {
        if (TVectors.Value > 1)
        {
            WriteFull(c, c0, operands.Accumulate);
            c += TSimd.Count;
        }

        if (TVectors.Value > 2)
        {
            WriteFull(c, c1, operands.Accumulate);
            c += TSimd.Count;
        }

        TVector last = TVectors.Value == 1 ? c0 : TVectors.Value == 2 ? c1 : c2;
        int rows = operands.RowsInLastVector;
        if (rows == TSimd.Count)
        {
            WriteFull(c, last, operands.Accumulate);
        }
        else
        {
            TSimd.StorePartial(c, operands.Accumulate ? TSimd.Add(TSimd.LoadPartial(c, rows), last) : last, rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteFull(T* c, TVector value, bool accumulate) =>
        TSimd.Store(c, accumulate ? TSimd.Add(TSimd.Load(c), value) : value);
}
